package sparkprop.regression;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.OptionalColumn;
import sparkprop.interop.VectorRegressionModel;
import sparkprop.interop.WeighedRows;
import sparkprop.params.TargetParams;
import sparkprop.params.TrainingParams;
import sparkprop.persist.ModelReader;
import sparkprop.persist.ModelWriter;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.AnswerColumn;
import sparkprop.stage.NetworkModel;
import sparkprop.stage.TrainedNetwork;
import sparkprop.stage.Untrained;
import sparkprop.stage.VectorScoring;

/**
 * A trained network that predicts a number from a feature vector, in the label's own unit.
 *
 * <p>{@code transform} adds a column of doubles. A row with a NaN feature, or whose output would
 * not be finite, is predicted NaN. The weights reach the executors by one broadcast.
 *
 * <p>The Params are those the model was trained with; changing them here, but for the columns,
 * changes nothing.
 */
public final class NeuralNetworkRegressionModel
    extends VectorRegressionModel<
        NeuralNetworkRegressionModel, NeuralNetworkRegressionTrainingSummary>
    implements TrainingParams, TargetParams, NetworkModel {
  private static final long serialVersionUID = 1;

  /**
   * What the training metrics are of: the model's columns at the time of {@code fit}, and the rows
   * that it was given.
   */
  private record Fitted(NeuralNetworkRegressionModel model, Dataset<?> rows) {}

  private final TrainingParams.Declared params;
  private final TargetParams.Declared target;
  private @Nullable TrainedNetwork learnt;
  private transient @Nullable Fitted fitted;
  private transient @Nullable NeuralNetworkRegressionTrainingSummary summary;

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public NeuralNetworkRegressionModel() {
    this(newUid("nnr"));
  }

  /** A model that knows nothing yet, for readers of saved models: they fill it in. */
  public NeuralNetworkRegressionModel(String uid) {
    super(uid);
    params = NeuralNetworkRegressor.declare(this);
    target = TargetParams.Declared.of(this);
  }

  /** Gives a new model, which has its Params already, what training yielded. */
  void learn(TrainedNetwork trained, Dataset<?> rows) {
    learnt = trained;
    fitted = fittedWith(rows);
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is another stage, a file that is not whole, or one of
   *     a newer format version
   */
  public static NeuralNetworkRegressionModel load(String path) {
    return read().load(path);
  }

  /** A reader of saved models. */
  public static MLReader<NeuralNetworkRegressionModel> read() {
    return new ModelReader<>(
        NeuralNetworkRegressionModel.class,
        (model, saved, record) -> {
          model.learnt = TrainedNetwork.of(saved, record);
          model.loaded();
        });
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

  /** The Param {@code network}: the text that was set, not {@link #network()}. */
  public Param<String> networkParam() {
    return networkParams().network();
  }

  @Override
  public NeuralNetworkRegressionModel copy(ParamMap extra) {
    NeuralNetworkRegressionModel copy = new NeuralNetworkRegressionModel(uid());
    copy.learnt = learnt;
    copy.fitted = fitted;
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public TrainedNetwork trained() {
    return Untrained.refuse(this, learnt);
  }

  @Override
  public int numFeatures() {
    return trained().network().numFeatures();
  }

  @Override
  public double predict(Vector features) {
    return VectorScoring.answer(trained().scorer().here(), features)[0];
  }

  /** The column that a model adds. */
  static AnswerColumn answer(String featuresCol, String predictionCol) {
    return new AnswerColumn(
        featuresCol, new StructField(predictionCol, DataTypes.DoubleType, true, Metadata.empty()));
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
    return answer(getFeaturesCol(), getPredictionCol()).addTo(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return answer(getFeaturesCol(), getPredictionCol())
        .numbers(dataset, trained().scorer().on(dataset.sparkSession().sparkContext()));
  }

  /** Whether anything is known of the training: the course of it survives saving. */
  @Override
  public boolean hasSummary() {
    return learnt != null && learnt.record() != null && !awaitsRows();
  }

  /** How the model was trained. */
  @Override
  public @Nullable NeuralNetworkRegressionTrainingSummary summaryOrNull() {
    TrainingRecord record = trained().record();
    if (summary == null && record != null) {
      Fitted known = fitted;
      summary =
          known == null
              ? summary(record, null)
              : known.model().summary(record, known.model().scored(known.rows()));
    }
    return summary;
  }

  private NeuralNetworkRegressionTrainingSummary summary(
      TrainingRecord record, @Nullable Dataset<Row> predictions) {
    return new NeuralNetworkRegressionTrainingSummary(
        record, predictions, getFeaturesCol(), scoredCol(), getLabelCol(), weightColOrNone());
  }

  /**
   * The metrics of this model on other rows, with the columns that its Params name.
   *
   * @param dataset with features, labels and, if {@code weightCol} is set, weights
   */
  public NeuralNetworkRegressionSummary evaluate(Dataset<?> dataset) {
    return new NeuralNetworkRegressionSummary(
        scored(dataset), getFeaturesCol(), scoredCol(), getLabelCol(), weightColOrNone());
  }

  /** Metrics need the column even where {@code transform} leaves it out. */
  private String scoredCol() {
    return getPredictionCol().isEmpty() ? "prediction_of_" + uid() : getPredictionCol();
  }

  private Dataset<Row> scored(Dataset<?> rows) {
    return copy(new ParamMap())
        .setPredictionCol(scoredCol())
        .transform(WeighedRows.of(this, weightCol(), rows));
  }

  private String weightColOrNone() {
    return OptionalColumn.of(this, weightCol()).orElse("");
  }

  @Override
  protected void trainedWith(Dataset<Row> rows) {
    fitted = fittedWith(rows);
    summary = null;
  }

  private Fitted fittedWith(Dataset<?> rows) {
    return new Fitted(fitted == null ? copy(new ParamMap()) : fitted.model(), rows);
  }

  /** Bytes that the model takes in memory. */
  @Override
  public long estimatedSize() {
    return 4L * trained().saved().weights().length + 4096;
  }

  @Override
  public String toString() {
    return learnt == null
        ? "NeuralNetworkRegressionModel: uid=" + uid()
        : "NeuralNetworkRegressionModel: uid=%s, network=%s, numFeatures=%d, numParameters=%d"
            .formatted(uid(), network(), numFeatures(), numParameters());
  }
}
