package sparkprop.regression;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkprop.data.Columns;
import sparkprop.interop.JavaEstimator;
import sparkprop.interop.OptionalColumn;
import sparkprop.params.PredictionColumns;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TargetParams;
import sparkprop.params.TrainingParams;
import sparkprop.params.TrainingSetters;
import sparkprop.stage.Attachments;
import sparkprop.stage.RegressionFit;
import sparkprop.stage.TrainedNetwork;
import sparkprop.train.TrainingListener;

/**
 * A feed-forward network that learns to predict several numbers at once: labels and predictions are
 * vectors. (Spark's {@code Regressor} casts labels to double, so this is an estimator of its own;
 * {@link sparkprop.evaluation.MultiTargetRegressionEvaluator} lets {@code CrossValidator} tune it.)
 *
 * <p>By default each target is standardized inside ({@link #standardizeTarget}), so that all count
 * alike whatever their units; losses and histories are then those of the standardized targets. A
 * row's loss is the sum over its targets.
 *
 * <p>What {@link NeuralNetworkRegressor} says of repeatability and errors holds here too.
 */
public final class MultiTargetNeuralNetworkRegressor
    extends JavaEstimator<MultiTargetNeuralNetworkRegressionModel>
    implements TrainingSetters<MultiTargetNeuralNetworkRegressor>, TargetParams, PredictionColumns {
  private static final long serialVersionUID = 1;

  private final TrainingParams.Declared params;
  private final TargetParams.Declared target;
  private final PredictionColumns.Declared columns;
  private Attachments attachments = new Attachments();

  /** A regressor with a uid of its own. */
  public MultiTargetNeuralNetworkRegressor() {
    this(newUid("mtnnr"));
  }

  /** A regressor with this uid. */
  public MultiTargetNeuralNetworkRegressor(String uid) {
    super(uid);
    params = declare(this);
    target = TargetParams.Declared.of(this);
    columns = PredictionColumns.Declared.of(this);
  }

  /** The Params that estimator and model share, down to the default of the seed. */
  static TrainingParams.Declared declare(TrainingParams owner) {
    return TrainingParams.Declared.of(
        owner, RegressionFit.HEAD, MultiTargetNeuralNetworkRegressor.class.getName());
  }

  /** Loads a regressor that was saved: its Params, not what it may have learnt. */
  public static MultiTargetNeuralNetworkRegressor load(String path) {
    return read().load(path);
  }

  /** A reader of saved regressors. */
  public static MLReader<MultiTargetNeuralNetworkRegressor> read() {
    return new DefaultParamsReader<>();
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

  /** Names the column of feature vectors. */
  public MultiTargetNeuralNetworkRegressor setFeaturesCol(String value) {
    return (MultiTargetNeuralNetworkRegressor) set(featuresCol(), value);
  }

  /** Names the column of label vectors. */
  public MultiTargetNeuralNetworkRegressor setLabelCol(String value) {
    return (MultiTargetNeuralNetworkRegressor) set(labelCol(), value);
  }

  /** Names the column of predicted vectors; "" for none. */
  public MultiTargetNeuralNetworkRegressor setPredictionCol(String value) {
    return (MultiTargetNeuralNetworkRegressor) set(predictionCol(), value);
  }

  /** Names the column of row weights; rows of weight 0 do not count at all. */
  public MultiTargetNeuralNetworkRegressor setWeightCol(String value) {
    return (MultiTargetNeuralNetworkRegressor) set(weightCol(), value);
  }

  /** Sets whether targets are centred and scaled inside. */
  public MultiTargetNeuralNetworkRegressor setStandardizeTarget(boolean value) {
    return (MultiTargetNeuralNetworkRegressor) set(standardizeTarget(), value);
  }

  /**
   * Has a listener told how training goes. It survives {@link #copy}, but is not saved.
   *
   * @return this regressor
   */
  public MultiTargetNeuralNetworkRegressor addListener(TrainingListener listener) {
    attachments.add(listener);
    return this;
  }

  /**
   * Begins training with the weights of a model of the same network, with a fresh solver; {@link
   * #initialModelPath} is the same for a model that was saved. It survives {@link #copy}, but is
   * not saved.
   *
   * @return this regressor
   */
  public MultiTargetNeuralNetworkRegressor setInitialModel(
      MultiTargetNeuralNetworkRegressionModel model) {
    attachments.beginFrom(model);
    return this;
  }

  @Override
  public MultiTargetNeuralNetworkRegressor copy(ParamMap extra) {
    MultiTargetNeuralNetworkRegressor copy = defaultCopy(extra);
    copy.attachments = attachments.copy();
    return copy;
  }

  /**
   * Checks columns and Params before any row is read.
   *
   * @throws IllegalArgumentException if a column is missing or mistyped, the one that the model
   *     will add is there already, or Params contradict each other
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ResolvedParams resolved = ResolvedParams.of(this);
    RegressionFit.check(this, this::standardizesTargets);
    columns(resolved).check(schema);
    return MultiTargetNeuralNetworkRegressionModel.answer(getFeaturesCol(), getPredictionCol(), -1)
        .addTo(schema);
  }

  @Override
  public MultiTargetNeuralNetworkRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    ResolvedParams resolved = ResolvedParams.of(this);
    TrainedNetwork trained =
        new RegressionFit(this, resolved, columns(resolved), this::standardizesTargets, attachments)
            .run(dataset, MultiTargetNeuralNetworkRegressionModel.class);
    MultiTargetNeuralNetworkRegressionModel model =
        new MultiTargetNeuralNetworkRegressionModel(uid());
    model.learn(trained);
    return copyValues(model, new ParamMap()).setParent(this);
  }

  private Columns columns(ResolvedParams resolved) {
    return new Columns(
        getFeaturesCol(),
        getLabelCol(),
        true,
        OptionalColumn.of(this, weightCol()).orElse(null),
        resolved.validationIndicatorCol());
  }
}
