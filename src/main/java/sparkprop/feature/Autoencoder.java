package sparkprop.feature;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import sparkprop.data.Columns;
import sparkprop.interop.JavaEstimator;
import sparkprop.nn.Encoder;
import sparkprop.params.CodeColumns;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TrainingParams;
import sparkprop.params.TrainingSetters;
import sparkprop.stage.Attachments;
import sparkprop.stage.RegressionFit;
import sparkprop.stage.TrainedNetwork;
import sparkprop.train.TrainingListener;

/**
 * A network that is trained to reproduce its input through a narrow layer (Rumelhart, Hinton and
 * Williams 1986; Hinton and Salakhutdinov 2006). Its model maps vectors to the code of the
 * narrowest hidden layer: a non-linear PCA. With identity activations and whitened input it spans
 * the principal subspace (Baldi and Hornik 1989).
 *
 * <pre>{@code
 * AutoencoderModel model =
 *     new Autoencoder()
 *         .setInputCol("pixels")
 *         .setOutputCol("code")
 *         .setNetwork("dense(128) relu dense(16) tanh dense(128) relu")
 *         .fit(rows);
 * }</pre>
 *
 * <p>{@link #standardization} holds for what is reproduced too, so that all columns count alike.
 *
 * <p>Dense rows are held once, for what comes in and for what should come out. Sparse rows stay
 * sparse as what comes in, but as what should come out they become dense: four bytes a number, 0 or
 * not, in memory or, where that is short, on disk. The estimates before training, by which rows are
 * kept in memory or cut into windows on disk and a network that is too large is refused, count
 * that.
 */
public final class Autoencoder extends JavaEstimator<AutoencoderModel>
    implements TrainingSetters<Autoencoder>, CodeColumns {
  private static final long serialVersionUID = 1;

  private final TrainingParams.Declared params;
  private final CodeColumns.Declared columns;
  private Attachments attachments = new Attachments();

  /** An autoencoder with a uid of its own. */
  public Autoencoder() {
    this(newUid("autoenc"));
  }

  /** An autoencoder with this uid. */
  public Autoencoder(String uid) {
    super(uid);
    params = declare(this);
    columns = CodeColumns.Declared.of(this);
  }

  /** The Params that estimator and model share, down to the default of the seed. */
  static TrainingParams.Declared declare(TrainingParams owner) {
    return TrainingParams.Declared.of(owner, RegressionFit.HEAD, Autoencoder.class.getName());
  }

  /** Loads an autoencoder that was saved: its Params, not what it may have learnt. */
  public static Autoencoder load(String path) {
    return read().load(path);
  }

  /** A reader of saved autoencoders. */
  public static MLReader<Autoencoder> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public TrainingParams.Declared trainingParams() {
    return params;
  }

  @Override
  public CodeColumns.Declared codeColumns() {
    return columns;
  }

  /** Names the column of vectors. */
  public Autoencoder setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Names the column of codes. */
  public Autoencoder setOutputCol(String value) {
    return with(outputCol(), value);
  }

  private Autoencoder with(Param<String> param, String value) {
    return (Autoencoder) set(param, value);
  }

  /**
   * Has a listener told how training goes. It survives {@link #copy}, but is not saved.
   *
   * @return this autoencoder
   */
  public Autoencoder addListener(TrainingListener listener) {
    attachments.add(listener);
    return this;
  }

  /**
   * Begins training with the weights of a model of the same network, with a fresh solver; {@link
   * #initialModelPath} is the same for a model that was saved. It survives {@link #copy}, but is
   * not saved.
   *
   * @return this autoencoder
   */
  public Autoencoder setInitialModel(AutoencoderModel model) {
    attachments.beginFrom(model);
    return this;
  }

  @Override
  public Autoencoder copy(ParamMap extra) {
    Autoencoder copy = defaultCopy(extra);
    copy.attachments = attachments.copy();
    return copy;
  }

  /**
   * Checks the column and the Params before any row is read.
   *
   * @throws IllegalArgumentException if the column is missing or holds no vectors, the one that the
   *     model will add is there already, the network has no dense hidden layer, or Params
   *     contradict each other
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ResolvedParams resolved = ResolvedParams.of(this);
    Encoder.check(resolved.network());
    RegressionFit.check(this, this::standardizesOutput);
    Columns.vectors(schema, getInputCol(), inputCol().name());
    columns(resolved).check(schema);
    return AutoencoderModel.code(getInputCol(), getOutputCol(), -1).addTo(schema);
  }

  private boolean standardizesOutput(sparkprop.nn.loss.Head head) {
    if (getStandardization() && !head.takesAnyUnit()) {
      throw new IllegalArgumentException(
          ("standardization is true, but loss %s with outputActivation %s reproduces vectors in their"
                  + " own unit only: switch it off, or use squaredError with identity.")
              .formatted(head.loss(), head.outputActivation()));
    }
    return getStandardization();
  }

  @Override
  public AutoencoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    ResolvedParams resolved = ResolvedParams.of(this);
    TrainedNetwork trained =
        new RegressionFit(this, resolved, columns(resolved), this::standardizesOutput, attachments)
            .run(dataset, AutoencoderModel.class);
    AutoencoderModel model = new AutoencoderModel(uid());
    model.learn(trained);
    return copyValues(model, new ParamMap()).setParent(this);
  }

  private Columns columns(ResolvedParams resolved) {
    return new Columns(getInputCol(), getInputCol(), true, null, resolved.validationIndicatorCol());
  }
}
