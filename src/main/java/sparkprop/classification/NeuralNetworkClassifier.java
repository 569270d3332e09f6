package sparkprop.classification;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkprop.data.ClassLabels;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.interop.OptionalColumn;
import sparkprop.interop.VectorClassifier;
import sparkprop.nn.loss.Heads;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TrainingParams;
import sparkprop.params.TrainingSetters;
import sparkprop.stage.Attachments;
import sparkprop.stage.NetworkFit;
import sparkprop.stage.TrainedNetwork;
import sparkprop.train.TrainingListener;

/**
 * A feed-forward network that learns to tell classes apart, trained by backpropagation (Rumelhart,
 * Hinton and Williams 1986).
 *
 * <p>Features are vectors of one size, labels the whole numbers 0 to classes - 1. How many classes
 * there are says the label column's metadata, where {@code StringIndexer} left some, else the
 * largest label.
 *
 * <pre>{@code
 * NeuralNetworkClassificationModel model =
 *     new NeuralNetworkClassifier()
 *         .setNetwork("dense(256) relu dropout(0.2) dense(64) relu")
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
 *
 * <p>{@code OneVsRest} compares the raw outputs of class 1 of its models. Under softmax those are
 * no margin, since adding a constant to both raw outputs changes no probability: give it a
 * classifier with {@code setOutputActivation("logistic")}, whose raw outputs are (-z, z).
 */
public final class NeuralNetworkClassifier
    extends VectorClassifier<NeuralNetworkClassifier, NeuralNetworkClassificationModel>
    implements TrainingSetters<NeuralNetworkClassifier> {
  private static final long serialVersionUID = 1;

  private final TrainingParams.Declared params;
  private Attachments attachments = new Attachments();

  /** A classifier with a uid of its own. */
  public NeuralNetworkClassifier() {
    this(newUid("nnc"));
  }

  /** A classifier with this uid. */
  public NeuralNetworkClassifier(String uid) {
    super(uid);
    params = declare(this);
  }

  /** The Params that estimator and model share, down to the default of the seed. */
  static TrainingParams.Declared declare(TrainingParams owner) {
    return TrainingParams.Declared.of(
        owner, ClassifierHead.PARAMS, NeuralNetworkClassifier.class.getName());
  }

  /** Loads a classifier that was saved: its Params, not what it may have learnt. */
  public static NeuralNetworkClassifier load(String path) {
    return read().load(path);
  }

  /** A reader of saved classifiers. */
  public static MLReader<NeuralNetworkClassifier> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public TrainingParams.Declared trainingParams() {
    return params;
  }

  /**
   * Has a listener told how training goes. It survives {@link #copy}, but is not saved.
   *
   * @return this classifier
   */
  public NeuralNetworkClassifier addListener(TrainingListener listener) {
    attachments.add(listener);
    return this;
  }

  /**
   * Begins training with the weights of a model of the same network, with a fresh solver; {@link
   * #initialModelPath} is the same for a model that was saved. It survives {@link #copy}, but is
   * not saved.
   *
   * @return this classifier
   */
  public NeuralNetworkClassifier setInitialModel(NeuralNetworkClassificationModel model) {
    attachments.beginFrom(model);
    return this;
  }

  @Override
  public NeuralNetworkClassifier copy(ParamMap extra) {
    NeuralNetworkClassifier copy = defaultCopy(extra);
    copy.attachments = attachments.copy();
    return copy;
  }

  /**
   * Checks columns and Params before any row is read.
   *
   * @throws IllegalArgumentException if a column is missing or mistyped, one that the model will
   *     add is there already, or Params contradict each other
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ResolvedParams resolved = resolve();
    columns(resolved).check(schema);
    checkCastColumns();
    return ScoredColumns.of(this).addTo(schema);
  }

  /** Called by {@code fit}, which has checked the schema and cast labels and weights to double. */
  @Override
  public NeuralNetworkClassificationModel train(Dataset<?> dataset) {
    ResolvedParams resolved = resolve();
    TrainedNetwork trained =
        new NetworkFit(this, resolved, columns(resolved), attachments)
            .run(
                dataset,
                summary -> aim(dataset.schema(), summary),
                NeuralNetworkClassificationModel.class);
    // Fit copies the values once more, but the summary must have them as they are now.
    NeuralNetworkClassificationModel model =
        copyValues(new NeuralNetworkClassificationModel(uid()), new ParamMap());
    model.learn(trained, dataset);
    return model;
  }

  private NetworkFit.Aim aim(StructType schema, DataSummary summary) {
    ClassLabels labels = ClassLabels.of(schema, getLabelCol(), summary);
    checkThresholds(labels.numClasses());
    return new NetworkFit.Aim(
        Heads.classification(getLoss(), getOutputActivation(), labels.numClasses()),
        false,
        labels.names());
  }

  private void checkThresholds(int numClasses) {
    if (isDefined(thresholds()) && getThresholds().length != numClasses) {
      throw new IllegalArgumentException(
          ("thresholds has %d numbers, but column '%s' has %d classes: set a number for each class, or"
                  + " clear thresholds.")
              .formatted(getThresholds().length, getLabelCol(), numClasses));
    }
  }

  private ResolvedParams resolve() {
    ResolvedParams resolved = ResolvedParams.of(this);
    // Whether loss and output fit each other does not hang on the number of classes.
    Heads.classification(getLoss(), getOutputActivation(), 2);
    return resolved;
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
