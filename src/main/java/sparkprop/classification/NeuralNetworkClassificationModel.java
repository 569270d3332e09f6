package sparkprop.classification;

import java.util.List;
import java.util.Set;
import org.apache.spark.ml.classification.ClassificationSummary;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.OptionalColumn;
import sparkprop.interop.VectorClassificationModel;
import sparkprop.nn.Network;
import sparkprop.nn.SavedNetwork;
import sparkprop.nn.loss.Task;
import sparkprop.params.TrainingParams;
import sparkprop.persist.ModelReader;
import sparkprop.persist.ModelWriter;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.NetworkModel;
import sparkprop.stage.TrainedNetwork;
import sparkprop.stage.Untrained;
import sparkprop.stage.VectorScoring;

/**
 * A trained network that classifies feature vectors.
 *
 * <p>{@code transform} adds up to three columns: raw outputs (a vector, larger for a likelier
 * class), probabilities (a vector that sums to 1) and the predicted class (a double, with the class
 * names in its metadata where {@code StringIndexer} supplied them, so that {@code IndexToString}
 * finds them). A column whose name is "" is left out. A row with a NaN feature, or whose raw
 * outputs would not be finite, scores NaN in all three. The weights reach the executors by one
 * broadcast.
 *
 * <p>The Params are those the model was trained with; changing them here, but for the columns and
 * the thresholds, changes nothing.
 */
public final class NeuralNetworkClassificationModel
    extends VectorClassificationModel<
        NeuralNetworkClassificationModel, NeuralNetworkClassificationTrainingSummary>
    implements TrainingParams, NetworkModel {
  private static final long serialVersionUID = 1;

  /**
   * What the training metrics are of. Like Spark's own, they are those of the columns and the
   * thresholds at the time of {@code fit}, whatever is set on the model later.
   *
   * @param model the model as it was then
   * @param rows the rows that {@code fit} was given
   */
  private record Fitted(NeuralNetworkClassificationModel model, Dataset<?> rows) {}

  /** Params that mean the same in MLlib's perceptron. */
  private static final Set<String> SHARED_WITH_MLLIB =
      Set.of(
          "featuresCol",
          "labelCol",
          "predictionCol",
          "rawPredictionCol",
          "probabilityCol",
          "thresholds");

  private final TrainingParams.Declared params;
  private @Nullable TrainedNetwork learnt;
  private transient @Nullable Fitted fitted;
  private transient @Nullable NeuralNetworkClassificationTrainingSummary summary;

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public NeuralNetworkClassificationModel() {
    this(newUid("nnc"));
  }

  /** A model that knows nothing yet, for readers of saved models: they fill it in. */
  public NeuralNetworkClassificationModel(String uid) {
    super(uid);
    params = NeuralNetworkClassifier.declare(this);
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
  public static NeuralNetworkClassificationModel load(String path) {
    return read().load(path);
  }

  /** A reader of saved models. */
  public static MLReader<NeuralNetworkClassificationModel> read() {
    return new ModelReader<>(
        NeuralNetworkClassificationModel.class,
        (model, saved, record) -> {
          model.learnt = TrainedNetwork.of(saved, record);
          model.loaded();
        });
  }

  /**
   * What MLlib's perceptron has learnt, as a model of ours: the same columns, thresholds and
   * network, so the same probabilities up to the rounding of weights to float32. It knows nothing
   * of its training; to train it further, give it to {@link
   * NeuralNetworkClassifier#setInitialModel}.
   *
   * @param model a trained perceptron
   */
  public static NeuralNetworkClassificationModel fromMLlib(
      MultilayerPerceptronClassificationModel model) {
    NeuralNetworkClassificationModel converted = new NeuralNetworkClassificationModel(model.uid());
    for (Param<?> param : model.params()) {
      if (SHARED_WITH_MLLIB.contains(param.name()) && model.isSet(param)) {
        converted.set(param.name(), model.getOrDefault(param));
      }
    }
    return converted.holding(MllibPerceptron.converted(model));
  }

  /**
   * A network that came from elsewhere, as a model with a new uid that knows nothing of its
   * training.
   *
   * @throws IllegalArgumentException if the network is no classifier
   */
  public static NeuralNetworkClassificationModel fromNetwork(SavedNetwork network) {
    if (network.network().head().task() != Task.CLASSIFICATION) {
      throw new IllegalArgumentException(
          "A network for %s is no classifier: ask for its values by itself."
              .formatted(network.network().head().task().text()));
    }
    return new NeuralNetworkClassificationModel().holding(network);
  }

  private NeuralNetworkClassificationModel holding(SavedNetwork network) {
    set(networkParam(), network.network().text());
    learnt = TrainedNetwork.of(network, null);
    return this;
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, trained().saved());
  }

  @Override
  public TrainingParams.Declared trainingParams() {
    return params;
  }

  /** The Param {@code network}: the text that was set, not {@link #network()}. */
  public Param<String> networkParam() {
    return networkParams().network();
  }

  @Override
  public NeuralNetworkClassificationModel copy(ParamMap extra) {
    NeuralNetworkClassificationModel copy = new NeuralNetworkClassificationModel(uid());
    copy.learnt = learnt;
    copy.fitted = fitted;
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public TrainedNetwork trained() {
    return Untrained.refuse(this, learnt);
  }

  private Network architecture() {
    return trained().network();
  }

  @Override
  public int numFeatures() {
    return architecture().numFeatures();
  }

  @Override
  public int numClasses() {
    return architecture().head().outputs();
  }

  /** The classes' names by index; empty if the training labels had none. */
  public List<String> classNames() {
    return trained().saved().classNames();
  }

  @Override
  public Vector predictRaw(Vector features) {
    return VectorScoring.raw(trained().scorer().here(), features);
  }

  @Override
  public Vector predictProbability(Vector features) {
    return decision().probabilities(predictRaw(features));
  }

  @Override
  public double predict(Vector features) {
    return decision().classOfRaw(predictRaw(features));
  }

  /** Spark's hook; writes the probabilities over the raw outputs, where those are dense. */
  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    Vector probabilities = decision().probabilities(raw);
    if (raw instanceof DenseVector dense) {
      System.arraycopy(probabilities.toArray(), 0, dense.values(), 0, dense.size());
      return raw;
    }
    return probabilities;
  }

  /** Spark's hook; NaN where a raw output is not finite. */
  @Override
  public double raw2prediction(Vector raw) {
    return decision().classOfRaw(raw);
  }

  /** Spark's hook; NaN where a probability is NaN. */
  @Override
  public double probability2prediction(Vector probabilities) {
    return decision().classOf(probabilities);
  }

  private ClassDecision decision() {
    return new ClassDecision(
        architecture().head(), isDefined(thresholds()) ? getThresholds() : null);
  }

  /**
   * Checks the features column and says which columns {@code transform} adds.
   *
   * @throws IllegalArgumentException if the column is missing, holds no vectors, or vectors of
   *     another size by its metadata, or if a column to be added is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    VectorScoring.check(schema, this, featuresCol(), numFeatures());
    return ScoredColumns.of(this).addTo(schema, numClasses(), classNames());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    if (isDefined(thresholds()) && getThresholds().length != numClasses()) {
      throw new IllegalArgumentException(
          ("thresholds has %d numbers, but %s has %d classes: set a number for each class, or clear"
                  + " thresholds.")
              .formatted(getThresholds().length, uid(), numClasses()));
    }
    return ScoredColumns.of(this)
        .addTo(
            dataset,
            schema,
            trained().scorer().on(dataset.sparkSession().sparkContext()),
            decision());
  }

  /** Whether anything is known of the training: the course of it survives saving. */
  @Override
  public boolean hasSummary() {
    return learnt != null && learnt.record() != null && !awaitsRows();
  }

  /** How the model was trained. */
  @Override
  public @Nullable NeuralNetworkClassificationTrainingSummary summaryOrNull() {
    TrainingRecord record = trained().record();
    if (summary == null && record != null) {
      summary =
          fitted == null
              ? summary(record, null, getProbabilityCol(), getPredictionCol())
              : fitted.model().summary(record, fitted.model().predictionsOf(fitted.rows()));
    }
    return summary;
  }

  private NeuralNetworkClassificationTrainingSummary summary(
      TrainingRecord record, Predictions scored) {
    return summary(record, scored.rows(), scored.probabilityCol(), scored.predictionCol());
  }

  private NeuralNetworkClassificationTrainingSummary summary(
      TrainingRecord record,
      @Nullable Dataset<Row> predictions,
      String scoreCol,
      String predictionCol) {
    return new NeuralNetworkClassificationTrainingSummary(
        record,
        predictions,
        scoreCol,
        numClasses(),
        predictionCol,
        getLabelCol(),
        OptionalColumn.of(this, weightCol()).orElse(""));
  }

  /**
   * The metrics of this model on other rows: Spark's own types, for two classes with ROC and
   * precision-recall curves ({@link
   * org.apache.spark.ml.classification.BinaryClassificationSummary}).
   *
   * @param dataset with features, labels and, if {@code weightCol} is set, weights
   */
  public ClassificationSummary evaluate(Dataset<?> dataset) {
    return summaryOf(dataset, numClasses());
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
        ? "NeuralNetworkClassificationModel: uid=" + uid()
        : "NeuralNetworkClassificationModel: uid=%s, network=%s, numClasses=%d, numFeatures=%d, numParameters=%d"
            .formatted(uid(), network(), numClasses(), numFeatures(), numParameters());
  }
}
