package sparkprop.feature;

import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.JavaModel;
import sparkprop.interop.Summarized;
import sparkprop.nn.Encoder;
import sparkprop.nn.Scorer;
import sparkprop.params.CodeColumns;
import sparkprop.params.TrainingParams;
import sparkprop.persist.ModelReader;
import sparkprop.persist.ModelWriter;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.AnswerColumn;
import sparkprop.stage.CourseSummary;
import sparkprop.stage.NetworkModel;
import sparkprop.stage.SharedScorer;
import sparkprop.stage.TrainedNetwork;
import sparkprop.stage.Untrained;
import sparkprop.stage.VectorScoring;

/**
 * A trained autoencoder. {@code transform} adds a column of codes, the activations of the narrowest
 * hidden layer (behind its {@code batchNorm}, if it has one); {@link #reconstruct} gives what the
 * whole network makes of a vector, whose distance from the vector tells how unusual that is. A row
 * with a NaN feature has a code of NaN.
 */
public final class AutoencoderModel extends JavaModel<AutoencoderModel>
    implements TrainingParams, CodeColumns, NetworkModel, Summarized<CourseSummary> {
  private static final long serialVersionUID = 1;

  /** Both parts of a trained autoencoder. */
  private record Learnt(TrainedNetwork whole, SharedScorer encoder)
      implements java.io.Serializable {
    static Learnt of(TrainedNetwork whole) {
      Encoder encoder = Encoder.of(whole.network(), whole.saved().weights());
      return new Learnt(whole, new SharedScorer(new Scorer(encoder.network(), encoder.weights())));
    }
  }

  private final TrainingParams.Declared params;
  private final CodeColumns.Declared columns;
  private @Nullable Learnt learnt;

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public AutoencoderModel() {
    this(newUid("autoenc"));
  }

  /** A model that knows nothing yet, for readers of saved models: they fill it in. */
  public AutoencoderModel(String uid) {
    super(uid);
    params = Autoencoder.declare(this);
    columns = CodeColumns.Declared.of(this);
  }

  /** Gives a new model what training yielded. */
  void learn(TrainedNetwork trained) {
    learnt = Learnt.of(trained);
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is another stage, a file that is not whole, or one of
   *     a newer format version
   */
  public static AutoencoderModel load(String path) {
    return read().load(path);
  }

  /** A reader of saved models. */
  public static MLReader<AutoencoderModel> read() {
    return new ModelReader<>(
        AutoencoderModel.class,
        (model, saved, record) -> model.learn(TrainedNetwork.of(saved, record)));
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, trained().saved());
  }

  @Override
  public TrainingParams.Declared trainingParams() {
    return params;
  }

  @Override
  public CodeColumns.Declared codeColumns() {
    return columns;
  }

  /** The Param {@code network}: the text that was set, not {@link #network()}. */
  public Param<String> networkParam() {
    return networkParams().network();
  }

  /** Names the column of vectors. */
  public AutoencoderModel setInputCol(String value) {
    return (AutoencoderModel) set(inputCol(), value);
  }

  /** Names the column of codes. */
  public AutoencoderModel setOutputCol(String value) {
    return (AutoencoderModel) set(outputCol(), value);
  }

  @Override
  public AutoencoderModel copy(ParamMap extra) {
    AutoencoderModel copy = new AutoencoderModel(uid());
    copy.learnt = learnt;
    return copyValues(copy, extra).setParent(parent());
  }

  private Learnt learnt() {
    return Untrained.refuse(this, learnt);
  }

  @Override
  public TrainedNetwork trained() {
    return learnt().whole();
  }

  /** Length of the vectors. */
  public int numFeatures() {
    return trained().network().numFeatures();
  }

  /** Length of the codes. */
  public int codeSize() {
    return learnt().encoder().here().network().head().outputs();
  }

  /** The code of a vector: {@link #codeSize} numbers for {@link #numFeatures}. */
  public Vector encode(Vector features) {
    return Vectors.dense(VectorScoring.answer(learnt().encoder().here(), features));
  }

  /** What the whole network makes of a vector: as many numbers. */
  public Vector reconstruct(Vector features) {
    return Vectors.dense(VectorScoring.answer(trained().scorer().here(), features));
  }

  /**
   * Adds a column of what the whole network makes of each vector.
   *
   * @param outputCol its name
   */
  public Dataset<Row> reconstruct(Dataset<?> dataset, String outputCol) {
    VectorScoring.check(dataset.schema(), this, inputCol(), numFeatures());
    return code(getInputCol(), outputCol, numFeatures())
        .vectors(dataset, trained().scorer().on(dataset.sparkSession().sparkContext()));
  }

  /**
   * A column that a model adds.
   *
   * @param size of its vectors, -1 where it is not known yet
   */
  static AnswerColumn code(String inputCol, String outputCol, int size) {
    return new AnswerColumn(
        inputCol,
        new StructField(
            outputCol,
            SQLDataTypes.VectorType(),
            true,
            size < 0 ? Metadata.empty() : new AttributeGroup(outputCol, size).toMetadata()));
  }

  /**
   * Checks the input column and says which column {@code transform} adds.
   *
   * @throws IllegalArgumentException if the column is missing, holds no vectors, or vectors of
   *     another size by its metadata, or if the column to be added is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    VectorScoring.check(schema, this, inputCol(), numFeatures());
    return code(getInputCol(), getOutputCol(), codeSize()).addTo(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return code(getInputCol(), getOutputCol(), codeSize())
        .vectors(dataset, learnt().encoder().on(dataset.sparkSession().sparkContext()));
  }

  /** Whether anything is known of the training: the course of it survives saving. */
  @Override
  public boolean hasSummary() {
    return learnt != null && trained().record() != null;
  }

  /** How the model was trained. */
  @Override
  public @Nullable CourseSummary summaryOrNull() {
    TrainingRecord record = trained().record();
    return record == null ? null : new CourseSummary(record);
  }

  /** Spark Connect's: the summary needs no rows. */
  @Override
  public void loadSummary(String path, Dataset<Row> rows) {}

  /** Bytes that the model takes in memory. */
  @Override
  public long estimatedSize() {
    return 8L * trained().saved().weights().length + 4096;
  }

  @Override
  public String toString() {
    return learnt == null
        ? "AutoencoderModel: uid=" + uid()
        : "AutoencoderModel: uid=%s, network=%s, codeSize=%d, numFeatures=%d, numParameters=%d"
            .formatted(uid(), network(), codeSize(), numFeatures(), numParameters());
  }
}
