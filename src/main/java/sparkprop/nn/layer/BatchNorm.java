package sparkprop.nn.layer;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): {@code y = scale * (x - mean) / sqrt(variance +
 * 1e-5) + bias}, feature by feature. In training mean and variance are those of the slice, weighted
 * by the rows' weights ("ghost" batch normalisation, Hoffer et al. 2017, where a mini-batch has
 * several slices); in scoring the running ones.
 *
 * <p>Each slice emits the sums of x and of x squared, in double precision. They add up over slices,
 * so the driver knows mean and variance of the whole mini-batch, however it was cut, and moves the
 * running statistics a tenth of the way there (all the way where the mini-batch is all rows and the
 * solver searches for its steps), the variance unbiased as in PyTorch: times n / (n - 1), n
 * counting rows.
 *
 * <p>Of maps each channel is a feature, and each place of a map counts as a row does; n is then the
 * number of rows times that of places (PyTorch's {@code BatchNorm2d}).
 *
 * @param output the shape that passes through; of a vector each value is a feature
 */
public record BatchNorm(Shape output) implements Layer {
  static final double EPSILON = 1e-5;
  private static final int SCALE = 0;
  private static final int BIAS = 1;
  private static final int MEAN = 2;
  private static final int VARIANCE = 3;

  /** {@code batchNorm} of a text. */
  public record Spec() implements LayerSpec {
    @Override
    public String text() {
      return "batchNorm";
    }

    @Override
    public BatchNorm build(Shape input, Position position) {
      return new BatchNorm(input);
    }
  }

  /**
   * Where the parameters begin in the flat array.
   *
   * @param scale of the scales
   * @param bias of the biases
   * @param mean of the running means
   * @param variance of the running variances
   */
  record Offsets(int scale, int bias, int mean, int variance) {}

  /** What is normalised by itself: the channels of maps, the values of a vector. */
  int features() {
    return isMaps() ? output.dimensions().get(0) : output.size();
  }

  /** How often a row has each of them. */
  int places() {
    return output.size() / features();
  }

  private boolean isMaps() {
    return output.dimensions().size() == 3;
  }

  @Override
  public String name() {
    return "batchNorm";
  }

  @Override
  public List<ParameterSpec> parameters() {
    Shape features = Shape.of(features());
    return List.of(
        ParameterSpec.constant("scale", ParameterKind.SCALE, features, 1f),
        ParameterSpec.constant("bias", ParameterKind.BIAS, features, 0f),
        ParameterSpec.constant("runningMean", ParameterKind.STATISTIC, features, 0f),
        ParameterSpec.constant("runningVariance", ParameterKind.STATISTIC, features, 1f));
  }

  @Override
  public int statistics() {
    return 2 * features();
  }

  @Override
  public boolean couplesRows() {
    return true;
  }

  @Override
  public void absorb(
      double[] statistics,
      int from,
      double weightSum,
      double rows,
      double share,
      float[] weights,
      int[] offsets) {
    int width = features();
    double count = rows * places();
    double sum = weightSum * places();
    double unbias = count > 1 ? count / (count - 1) : 1;
    for (int j = 0; j < width; j++) {
      double mean = statistics[from + j] / sum;
      double variance = Math.max(0, statistics[from + width + j] / sum - mean * mean);
      follow(share, weights, offsets[MEAN] + j, mean);
      follow(share, weights, offsets[VARIANCE] + j, variance * unbias);
    }
  }

  private static void follow(double share, float[] weights, int at, double value) {
    weights[at] = (float) ((1 - share) * weights[at] + share * value);
  }

  /**
   * Has the dense layer below do what this one does in scoring, when this one is left out: its
   * weights and biases become {@code W * f} and {@code (b - mean) * f + bias}, f being {@code scale
   * / sqrt(variance + 1e-5)}.
   *
   * @param own the flat array with this layer's parameters
   * @param offsets where each of them begins
   * @param below the flat array with those of the dense layer, changed in place
   * @param weight where its weights begin there, inputs x features
   * @param toBias where its biases begin
   */
  public void fold(float[] own, int[] offsets, float[] below, int weight, int toBias) {
    int width = output.size();
    for (int j = 0; j < width; j++) {
      double factor =
          own[offsets[SCALE] + j] / Math.sqrt((double) own[offsets[VARIANCE] + j] + EPSILON);
      for (int at = weight + j; at < toBias; at += width) {
        below[at] = (float) (below[at] * factor);
      }
      double centred = (double) below[toBias + j] - own[offsets[MEAN] + j];
      below[toBias + j] = (float) (centred * factor + own[offsets[BIAS] + j]);
    }
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return isMaps()
        ? new MapNormPass(
            this,
            new Offsets(offsets[SCALE], offsets[BIAS], offsets[MEAN], offsets[VARIANCE]),
            capacity)
        : new Pass(output.size(), offsets, capacity);
  }

  private static final class Pass implements LayerPass {
    private final int width;
    private final int[] offsets;
    private final DenseRows normalised;
    private final DenseRows y;
    private final double[] mean;
    private final double[] variance;
    private final float[] inverseDeviation;
    private final float[] centre;
    // Copies that begin at 0, of parameters and of one row: only loops whose arrays all share one
    // index become vector instructions (JDK 17).
    private final float[] scale;
    private final float[] bias;
    private final float[] t;
    private final float[] xhat;
    // Of the last training slice, for emit and backward.
    private final double[] sums;
    private final double[] dBias;
    private final double[] dScale;
    private float[] rowWeights = new float[0];
    private double weightSum;

    Pass(int width, int[] offsets, int capacity) {
      this.width = width;
      this.offsets = offsets;
      this.normalised = new DenseRows(capacity, width);
      this.y = new DenseRows(capacity, width);
      this.mean = new double[width];
      this.variance = new double[width];
      this.inverseDeviation = new float[width];
      this.centre = new float[width];
      this.scale = new float[width];
      this.bias = new float[width];
      this.t = new float[width];
      this.xhat = new float[width];
      this.sums = new double[2 * width];
      this.dBias = new double[width];
      this.dScale = new double[width];
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      DenseRows x = input.dense();
      if (context.training()) {
        measure(x, context.rowWeights());
      } else {
        for (int j = 0; j < width; j++) {
          mean[j] = weights[offsets[MEAN] + j];
          variance[j] = weights[offsets[VARIANCE] + j];
        }
      }
      for (int j = 0; j < width; j++) {
        inverseDeviation[j] = (float) (1 / Math.sqrt(variance[j] + EPSILON));
        centre[j] = (float) mean[j];
      }
      return normalise(x, weights);
    }

    private Rows normalise(DenseRows x, float[] weights) {
      int rows = x.rows();
      normalised.setRows(rows);
      y.setRows(rows);
      float[] from = x.values();
      float[] hat = normalised.values();
      float[] to = y.values();
      System.arraycopy(weights, offsets[SCALE], scale, 0, width);
      System.arraycopy(weights, offsets[BIAS], bias, 0, width);
      for (int i = 0; i < rows; i++) {
        int row = i * width;
        System.arraycopy(from, row, t, 0, width);
        for (int j = 0; j < width; j++) {
          t[j] = (t[j] - centre[j]) * inverseDeviation[j];
        }
        System.arraycopy(t, 0, hat, row, width);
        for (int j = 0; j < width; j++) {
          t[j] = t[j] * scale[j] + bias[j];
        }
        System.arraycopy(t, 0, to, row, width);
      }
      return y;
    }

    private void measure(DenseRows x, float[] w) {
      int rows = x.rows();
      float[] values = x.values();
      rowWeights = w;
      weightSum = 0;
      Arrays.fill(mean, 0);
      for (int i = 0; i < rows; i++) {
        weightSum += w[i];
        for (int j = 0; j < width; j++) {
          mean[j] += w[i] * (double) values[i * width + j];
        }
      }
      for (int j = 0; j < width; j++) {
        sums[j] = mean[j];
        mean[j] /= weightSum;
      }
      // A second look at the rows: sum(x^2) / n - mean^2 would lose the variance of large values.
      Arrays.fill(variance, 0);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          double centred = values[i * width + j] - mean[j];
          variance[j] += w[i] * centred * centred;
        }
      }
      for (int j = 0; j < width; j++) {
        sums[width + j] = variance[j] + sums[j] * mean[j];
        variance[j] /= weightSum;
      }
    }

    /**
     * With {@code xhat = (x - mean) / deviation} and W the sum of row weights w: {@code dbias = sum
     * d}, {@code dscale = sum d xhat}, and {@code dx = scale / deviation * (d - w / W * (dbias +
     * xhat dscale))}, because mean and variance are weighted sums of the same x.
     */
    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      int rows = delta.rows();
      float[] d = delta.values();
      float[] hat = normalised.values();
      Arrays.fill(dBias, 0);
      Arrays.fill(dScale, 0);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          double dij = d[i * width + j];
          dBias[j] += dij;
          dScale[j] += dij * hat[i * width + j];
        }
      }
      for (int j = 0; j < width; j++) {
        gradient[offsets[BIAS] + j] += (float) dBias[j];
        gradient[offsets[SCALE] + j] += (float) dScale[j];
      }
      if (inputWanted) {
        subtractCommon(weights, delta);
      }
      return delta;
    }

    /** Turns d into dx. */
    private void subtractCommon(float[] weights, DenseRows delta) {
      float[] d = delta.values();
      float[] hat = normalised.values();
      float[] factor = new float[width];
      float[] biasSum = new float[width];
      float[] scaleSum = new float[width];
      for (int j = 0; j < width; j++) {
        factor[j] = weights[offsets[SCALE] + j] * inverseDeviation[j];
        biasSum[j] = (float) dBias[j];
        scaleSum[j] = (float) dScale[j];
      }
      for (int i = 0; i < delta.rows(); i++) {
        int row = i * width;
        float share = (float) (rowWeights[i] / weightSum);
        System.arraycopy(d, row, t, 0, width);
        System.arraycopy(hat, row, xhat, 0, width);
        for (int j = 0; j < width; j++) {
          t[j] = factor[j] * (t[j] - share * (biasSum[j] + xhat[j] * scaleSum[j]));
        }
        System.arraycopy(t, 0, d, row, width);
      }
    }

    @Override
    public void emit(double[] statistics, int from) {
      for (int k = 0; k < sums.length; k++) {
        statistics[from + k] += sums[k];
      }
    }
  }
}
