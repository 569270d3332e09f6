package sparkprop.feature;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.cluster.JobScope;
import sparkprop.data.Columns;
import sparkprop.data.Covariance;
import sparkprop.data.DataSummary;
import sparkprop.data.PlannedInput;
import sparkprop.data.ValidationDraw;
import sparkprop.interop.JavaEstimator;
import sparkprop.interop.Undeclared;
import sparkprop.nn.SavedNetwork;
import sparkprop.params.WhiteningParams;

/**
 * Turns vectors into white ones: mean 0, variance 1 and no correlation between any two components,
 * which lets gradient descent find its way (LeCun, Bottou, Orr and Müller, "Efficient BackProp",
 * 1998, section 4.3). Spark's {@code PCA} neither centres nor scales.
 *
 * <p>With {@code method} pca the components are those along the principal directions, the widest
 * first, of which {@code k} can be kept; with zca there are as many as in the input, and they are
 * as near to it as can be (Bell and Sejnowski 1997). Variances are those of a sample, of n - 1, as
 * in Spark's {@code StandardScaler}. A direction is turned so that its largest component is
 * positive.
 *
 * <p>Directions whose variance is at most {@code tol} of the largest count as constant and become
 * 0. White vectors are computed in float32, whose rounding, 6e-8 of a number, is stretched as far
 * as a direction is: at a share of 1e-9 already to a five-hundredth of its deviation. If rows do
 * differ along such directions, one warning counts them.
 *
 * <p>Rows become dense vectors. Their covariances are summed in double precision, a square matrix
 * in each task and a few on the driver, to which one triangle of 4 n^2 bytes is sent for vectors of
 * n numbers; vectors for which there is no room are refused. The same rows in the same order in the
 * same partitions give the same bits.
 */
public final class Whitening extends JavaEstimator<WhiteningModel> implements WhiteningParams {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Whitening.class);

  private final WhiteningParams.Declared params;

  /** A stage with a uid of its own. */
  public Whitening() {
    this(newUid("whiten"));
  }

  /** A stage with this uid. */
  public Whitening(String uid) {
    super(uid);
    params = WhiteningParams.Declared.of(this);
  }

  /** Loads a stage that was saved: its Params, not what it may have learnt. */
  public static Whitening load(String path) {
    return read().load(path);
  }

  /** A reader of saved stages. */
  public static MLReader<Whitening> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public WhiteningParams.Declared whiteningParams() {
    return params;
  }

  /** Names the column of vectors. */
  public Whitening setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Names the column of white vectors. */
  public Whitening setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets the method: pca or zca. */
  public Whitening setMethod(String value) {
    return with(method(), value);
  }

  /** Sets how many principal directions are kept; 0 keeps all. */
  public Whitening setK(int value) {
    return with(k(), value);
  }

  /** Sets the share of the largest variance up to which a direction counts as constant. */
  public Whitening setTol(double value) {
    return with(tol(), value);
  }

  private <T> Whitening with(Param<T> param, T value) {
    return (Whitening) set(param, value);
  }

  @Override
  public Whitening copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Checks the column and the Params before any row is read.
   *
   * @throws IllegalArgumentException if the column is missing or holds no vectors, the one that the
   *     model will add is there already, or {@code k} is set for zca
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Columns.vectors(schema, getInputCol(), inputCol().name());
    if (getMethod().equals("zca") && getK() > 0) {
      throw new IllegalArgumentException(
          "k is %d, but method zca keeps all components: set method to pca, or leave k out."
              .formatted(getK()));
    }
    return AutoencoderModel.code(getInputCol(), getOutputCol(), -1).addTo(schema);
  }

  /**
   * Learns mean and principal directions.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, a vector is null or of
   *     another size than the first, a value is NaN or infinite, {@code k} is more than there are
   *     columns, or the covariances do not fit into memory
   */
  @Override
  public WhiteningModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    try (JobScope jobs = new JobScope(dataset.sparkSession().sparkContext(), uid())) {
      PlannedInput input = PlannedInput.of(dataset, columns(), ValidationDraw.NONE, jobs);
      DataSummary summary = input.scan();
      check(summary);
      CovarianceRoom.check(
          CovarianceRoom.of(dataset.sparkSession().sparkContext(), summary.partitions().size()),
          getInputCol(),
          summary.numFeatures());
      WhiteningModel model = new WhiteningModel(uid());
      model.learn(learn(summary, Covariance.of(input, summary)));
      return copyValues(model, new ParamMap()).setParent(this);
    } catch (InterruptedException e) {
      throw Undeclared.rethrow(e);
    }
  }

  /** Vectors stand for labels too, of which there are none here. */
  private Columns columns() {
    return new Columns(getInputCol(), getInputCol(), true, null, null);
  }

  private SavedNetwork learn(DataSummary summary, double[] covariances) {
    int kept = getK() == 0 ? summary.numFeatures() : getK();
    PrincipalAxes axes = PrincipalAxes.of(summary.numFeatures(), covariances, kept);
    warn(axes);
    return WhiteningTransform.of(summary.means(), axes, getMethod().equals("zca"), getTol());
  }

  private void warn(PrincipalAxes axes) {
    long dropped = axes.narrow(getTol());
    if (dropped > 0) {
      LOG.warn(
          "{}: along {} of {} directions the variance is at most {} (tol) of the largest, so they"
              + " count as constant and become 0; lower tol to keep them, or put a StandardScaler"
              + " before {} if columns differ in scale.",
          uid(),
          dropped,
          axes.variances().length,
          getTol(),
          uid());
    }
  }

  private void check(DataSummary summary) {
    if (summary.trainingRows() < 2) {
      throw new IllegalArgumentException(
          "Column '%s' has one row only, but whitening needs two at least: fit it to more rows."
              .formatted(getInputCol()));
    }
    if (getK() > summary.numFeatures()) {
      throw new IllegalArgumentException(
          "k is %d, but column '%s' holds vectors of %d numbers: lower k."
              .formatted(getK(), getInputCol(), summary.numFeatures()));
    }
  }
}
