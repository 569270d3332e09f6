package sparkprop.regression;

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
import sparkprop.params.PredictionColumns;
import sparkprop.params.TargetParams;
import sparkprop.params.TrainingParams;
import sparkprop.persist.ModelReader;
import sparkprop.persist.ModelWriter;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.AnswerColumn;
import sparkprop.stage.CourseSummary;
import sparkprop.stage.NetworkModel;
import sparkprop.stage.TrainedNetwork;
import sparkprop.stage.Untrained;
import sparkprop.stage.VectorScoring;

/**
 * A trained network that predicts several numbers from a feature vector, in the labels' own units.
 *
 * <p>{@code transform} adds a column of vectors. A row with a NaN feature, or whose output would
 * not be finite, is predicted NaN throughout. The weights reach the executors by one broadcast.
 */
public final class MultiTargetNeuralNetworkRegressionModel
    extends JavaModel<MultiTargetNeuralNetworkRegressionModel>
    implements TrainingParams,
        TargetParams,
        PredictionColumns,
        NetworkModel,
        Summarized<CourseSummary> {
  private static final long serialVersionUID = 1;

  private final TrainingParams.Declared params;
  private final TargetParams.Declared target;
  private final PredictionColumns.Declared columns;
  private @Nullable TrainedNetwork learnt;

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public MultiTargetNeuralNetworkRegressionModel() {
    this(newUid("mtnnr"));
  }

  /** A model that knows nothing yet, for readers of saved models: they fill it in. */
  public MultiTargetNeuralNetworkRegressionModel(String uid) {
    super(uid);
    params = MultiTargetNeuralNetworkRegressor.declare(this);
    target = TargetParams.Declared.of(this);
    columns = PredictionColumns.Declared.of(this);
  }

  /** Gives a new model what training yielded. */
  void learn(TrainedNetwork trained) {
    learnt = trained;
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is another stage, a file that is not whole, or one of
   *     a newer format version
   */
  public static MultiTargetNeuralNetworkRegressionModel load(String path) {
    return read().load(path);
  }

  /** A reader of saved models. */
  public static MLReader<MultiTargetNeuralNetworkRegressionModel> read() {
    return new ModelReader<>(
        MultiTargetNeuralNetworkRegressionModel.class,
        (model, saved, record) -> model.learnt = TrainedNetwork.of(saved, record));
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
  public TargetParams.Declared targetParams() {
    return target;
  }

  @Override
  public PredictionColumns.Declared predictionColumns() {
    return columns;
  }

  /** The Param {@code network}: the text that was set, not {@link #network()}. */
  public Param<String> networkParam() {
    return networkParams().network();
  }

  /** Names the column of feature vectors. */
  public MultiTargetNeuralNetworkRegressionModel setFeaturesCol(String value) {
    return (MultiTargetNeuralNetworkRegressionModel) set(featuresCol(), value);
  }

  /** Names the column of predicted vectors; "" for none. */
  public MultiTargetNeuralNetworkRegressionModel setPredictionCol(String value) {
    return (MultiTargetNeuralNetworkRegressionModel) set(predictionCol(), value);
  }

  @Override
  public MultiTargetNeuralNetworkRegressionModel copy(ParamMap extra) {
    MultiTargetNeuralNetworkRegressionModel copy =
        new MultiTargetNeuralNetworkRegressionModel(uid());
    copy.learnt = learnt;
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public TrainedNetwork trained() {
    return Untrained.refuse(this, learnt);
  }

  /** Length of the feature vectors. */
  public int numFeatures() {
    return trained().network().numFeatures();
  }

  /** Length of the predicted vectors. */
  public int numTargets() {
    return trained().network().head().outputs();
  }

  /**
   * What the network predicts for one row.
   *
   * @param features {@link #numFeatures} numbers
   * @return {@link #numTargets} numbers
   */
  public Vector predict(Vector features) {
    return Vectors.dense(VectorScoring.answer(trained().scorer().here(), features));
  }

  /**
   * The column that a model adds.
   *
   * @param size of its vectors, -1 where it is not known yet
   */
  static AnswerColumn answer(String featuresCol, String predictionCol, int size) {
    return new AnswerColumn(
        featuresCol,
        new StructField(
            predictionCol,
            SQLDataTypes.VectorType(),
            true,
            size < 0 ? Metadata.empty() : new AttributeGroup("targets", size).toMetadata()));
  }

  /**
   * Checks the features column and says which column {@code transform} adds.
   *
   * @throws IllegalArgumentException if the column is missing, holds no vectors, or vectors of
   *     another size by its metadata, or if the column to be added is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    VectorScoring.check(schema, this, featuresCol(), numFeatures());
    return answer(getFeaturesCol(), getPredictionCol(), numTargets()).addTo(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return answer(getFeaturesCol(), getPredictionCol(), numTargets())
        .vectors(dataset, trained().scorer().on(dataset.sparkSession().sparkContext()));
  }

  /** Whether anything is known of the training: the course of it survives saving. */
  @Override
  public boolean hasSummary() {
    return learnt != null && learnt.record() != null;
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
    return 4L * trained().saved().weights().length + 4096;
  }

  @Override
  public String toString() {
    return learnt == null
        ? "MultiTargetNeuralNetworkRegressionModel: uid=" + uid()
        : "MultiTargetNeuralNetworkRegressionModel: uid=%s, network=%s, numTargets=%d, numFeatures=%d, numParameters=%d"
            .formatted(uid(), network(), numTargets(), numFeatures(), numParameters());
  }
}
