package sparkprop.regression;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkprop.data.Columns;
import sparkprop.interop.OptionalColumn;
import sparkprop.interop.VectorRegressor;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TargetParams;
import sparkprop.params.TrainingParams;
import sparkprop.params.TrainingSetters;
import sparkprop.stage.Attachments;
import sparkprop.stage.RegressionFit;
import sparkprop.stage.TrainedNetwork;
import sparkprop.train.TrainingListener;

/**
 * A feed-forward network that learns to predict a number, trained by backpropagation (Rumelhart,
 * Hinton and Williams 1986).
 *
 * <p>Features are vectors of one size, labels numbers. By default the label is standardized inside
 * ({@link #standardizeTarget}), so that step sizes suit any unit; losses and histories are then
 * those of the standardized label, predictions are in the label's own unit.
 *
 * <pre>{@code
 * NeuralNetworkRegressionModel model =
 *     new NeuralNetworkRegressor()
 *         .setNetwork("dense(64) relu dense(32) relu")
 *         .setLoss("huber")
 *         .setValidationFraction(0.1)
 *         .fit(rows);
 * }</pre>
 *
 * <p>The same rows in the same order and partitions, the same Params and the same BLAS kernel give
 * bitwise the same weights. Bad input is refused with an IllegalArgumentException of one sentence,
 * before anything is trained.
 *
 * <p>{@code fit} throws a {@link sparkprop.train.TrainingException} when loss or weights become NaN
 * or infinite in training, and an InterruptedException, which it does not declare, when the thread
 * is interrupted; either way its jobs have ended and nothing stays persisted.
 */
public final class NeuralNetworkRegressor
    extends VectorRegressor<NeuralNetworkRegressor, NeuralNetworkRegressionModel>
    implements TrainingSetters<NeuralNetworkRegressor>, TargetParams {
  private static final long serialVersionUID = 1;

  private final TrainingParams.Declared params;
  private final TargetParams.Declared target;
  private Attachments attachments = new Attachments();

  /** A regressor with a uid of its own. */
  public NeuralNetworkRegressor() {
    this(newUid("nnr"));
  }

  /** A regressor with this uid. */
  public NeuralNetworkRegressor(String uid) {
    super(uid);
    params = declare(this);
    target = TargetParams.Declared.of(this);
  }

  /** The Params that estimator and model share, down to the default of the seed. */
  static TrainingParams.Declared declare(TrainingParams owner) {
    return TrainingParams.Declared.of(
        owner, RegressionFit.HEAD, NeuralNetworkRegressor.class.getName());
  }

  /** Loads a regressor that was saved: its Params, not what it may have learnt. */
  public static NeuralNetworkRegressor load(String path) {
    return read().load(path);
  }

  /** A reader of saved regressors. */
  public static MLReader<NeuralNetworkRegressor> read() {
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

  /** Sets whether the label is centred and scaled inside. */
  public NeuralNetworkRegressor setStandardizeTarget(boolean value) {
    return (NeuralNetworkRegressor) set(standardizeTarget(), value);
  }

  /**
   * Has a listener told how training goes. It survives {@link #copy}, but is not saved.
   *
   * @return this regressor
   */
  public NeuralNetworkRegressor addListener(TrainingListener listener) {
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
  public NeuralNetworkRegressor setInitialModel(NeuralNetworkRegressionModel model) {
    attachments.beginFrom(model);
    return this;
  }

  @Override
  public NeuralNetworkRegressor copy(ParamMap extra) {
    NeuralNetworkRegressor copy = defaultCopy(extra);
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
    checkCastColumns();
    return NeuralNetworkRegressionModel.answer(getFeaturesCol(), getPredictionCol()).addTo(schema);
  }

  /** Called by {@code fit}, which has checked the schema and cast labels and weights to double. */
  @Override
  public NeuralNetworkRegressionModel train(Dataset<?> dataset) {
    ResolvedParams resolved = ResolvedParams.of(this);
    TrainedNetwork trained =
        new RegressionFit(this, resolved, columns(resolved), this::standardizesTargets, attachments)
            .run(dataset, NeuralNetworkRegressionModel.class);
    // Fit copies the values once more, but the summary must have them as they are now.
    NeuralNetworkRegressionModel model =
        copyValues(new NeuralNetworkRegressionModel(uid()), new ParamMap());
    model.learn(trained, dataset);
    return model;
  }

  private Columns columns(ResolvedParams resolved) {
    return new Columns(
        getFeaturesCol(),
        getLabelCol(),
        false,
        OptionalColumn.of(this, weightCol()).orElse(null),
        resolved.validationIndicatorCol());
  }
}
