package sparkprop.feature;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.JavaModel;
import sparkprop.nn.SavedNetwork;
import sparkprop.nn.safetensors.JsonList;
import sparkprop.params.WhiteningParams;
import sparkprop.persist.ModelReader;
import sparkprop.persist.ModelWriter;
import sparkprop.stage.TrainedNetwork;
import sparkprop.stage.Untrained;
import sparkprop.stage.VectorScoring;

/**
 * What {@link Whitening} learnt. {@code transform} adds a column of white vectors, {@code (x -
 * mean) W}, computed in float32. A row with a NaN number becomes NaN throughout.
 */
public final class WhiteningModel extends JavaModel<WhiteningModel> implements WhiteningParams {
  private static final long serialVersionUID = 1;

  private final WhiteningParams.Declared params;
  private @Nullable TrainedNetwork learnt;

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public WhiteningModel() {
    this(newUid("whiten"));
  }

  /** A model that knows nothing yet, for readers of saved models: they fill it in. */
  public WhiteningModel(String uid) {
    super(uid);
    params = WhiteningParams.Declared.of(this);
  }

  /** Gives a new model what was learnt. */
  void learn(SavedNetwork transform) {
    learnt = TrainedNetwork.of(transform, null);
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is another stage, a file that is not whole, or one of
   *     a newer format version
   */
  public static WhiteningModel load(String path) {
    return read().load(path);
  }

  /** A reader of saved models. */
  public static MLReader<WhiteningModel> read() {
    return new ModelReader<>(WhiteningModel.class, (model, saved, record) -> model.learn(saved));
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, learnt().saved());
  }

  @Override
  public WhiteningParams.Declared whiteningParams() {
    return params;
  }

  /** Names the column of vectors. */
  public WhiteningModel setInputCol(String value) {
    return (WhiteningModel) set(inputCol(), value);
  }

  /** Names the column of white vectors. */
  public WhiteningModel setOutputCol(String value) {
    return (WhiteningModel) set(outputCol(), value);
  }

  @Override
  public WhiteningModel copy(ParamMap extra) {
    WhiteningModel copy = new WhiteningModel(uid());
    copy.learnt = learnt;
    return copyValues(copy, extra).setParent(parent());
  }

  private TrainedNetwork learnt() {
    return Untrained.refuse(this, learnt);
  }

  /** Length of the vectors that it takes. */
  public int numFeatures() {
    return learnt().network().numFeatures();
  }

  /** Length of the white vectors. */
  public int size() {
    return learnt().network().head().outputs();
  }

  /** The mean that is subtracted. */
  public Vector mean() {
    return numbers(WhiteningTransform.MEAN);
  }

  /** The variances along the principal directions, the largest first. */
  public Vector variances() {
    return numbers(WhiteningTransform.VARIANCES);
  }

  private Vector numbers(String note) {
    return Vectors.dense(
        JsonList.numbers(learnt().saved().notes().getOrDefault(note, "[]")).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** W, numFeatures x size. */
  public DenseMatrix matrix() {
    float[] weights = learnt().saved().weights();
    double[] values = new double[numFeatures() * size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights[i];
    }
    return new DenseMatrix(numFeatures(), size(), values, true);
  }

  /** The white vector of one. */
  public Vector whiten(Vector vector) {
    return new DenseVector(VectorScoring.answer(learnt().scorer().here(), vector));
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
    return AutoencoderModel.code(getInputCol(), getOutputCol(), size()).addTo(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return AutoencoderModel.code(getInputCol(), getOutputCol(), size())
        .vectors(dataset, learnt().scorer().on(dataset.sparkSession().sparkContext()));
  }

  @Override
  public String toString() {
    return learnt == null
        ? "WhiteningModel: uid=" + uid()
        : "WhiteningModel: uid=%s, method=%s, numFeatures=%d, size=%d"
            .formatted(uid(), getMethod(), numFeatures(), size());
  }
}
