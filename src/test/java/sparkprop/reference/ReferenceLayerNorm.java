package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code y = scale * (x - mean) / sqrt(variance + 1e-5) + bias} over each step's features, or over
 * the one step that a row is where it is no sequence.
 */
final class ReferenceLayerNorm implements ReferenceLayer {
  private final int steps;
  private final int width;
  private final boolean sequences;
  private final double[] scale;
  private final double[] bias;
  private final double[] scaleGradient;
  private final double[] biasGradient;
  private int[] lengths = {};
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceLayerNorm(int steps, int width, boolean sequences) {
    this.steps = steps;
    this.width = width;
    this.sequences = sequences;
    this.scale = new double[width];
    this.bias = new double[width];
    this.scaleGradient = new double[width];
    this.biasGradient = new double[width];
    Arrays.fill(scale, 1);
  }

  private int length(int row) {
    return sequences ? lengths[row] : 1;
  }

  private double[] part(double[] row, int t) {
    return Arrays.copyOfRange(row, t * width, (t + 1) * width);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private double deviation(double[] x) {
    double mean = mean(x);
    return Math.sqrt(
        mean(Arrays.stream(x).map(v -> rounding.applyAsDouble(v - mean)).map(v -> v * v).toArray())
            + 1e-5);
  }

  private double[] normalised(double[] x) {
    double mean = rounding.applyAsDouble(mean(x));
    double deviation = deviation(x);
    return Arrays.stream(x).map(v -> rounding.applyAsDouble((v - mean) / deviation)).toArray();
  }

  @Override
  public void setLengths(int[] newLengths) {
    lengths = newLengths;
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] y = new double[x.length][steps * width];
    for (int n = 0; n < x.length; n++) {
      for (int t = 0; t < length(n); t++) {
        double[] hat = normalised(part(x[n], t));
        for (int j = 0; j < width; j++) {
          y[n][t * width + j] = scale[j] * hat[j] + bias[j];
        }
      }
    }
    return y;
  }

  @Override
  public double[][] backward(double[][] delta) {
    Arrays.fill(scaleGradient, 0);
    Arrays.fill(biasGradient, 0);
    double[][] below = new double[delta.length][steps * width];
    for (int n = 0; n < delta.length; n++) {
      for (int t = 0; t < length(n); t++) {
        double[] d = part(delta[n], t);
        double[] x = part(input[n], t);
        double[] hat = normalised(x);
        double[] e = new double[width];
        double[] eHat = new double[width];
        for (int j = 0; j < width; j++) {
          biasGradient[j] = rounding.applyAsDouble(biasGradient[j] + d[j]);
          scaleGradient[j] = rounding.applyAsDouble(scaleGradient[j] + d[j] * hat[j]);
          e[j] = rounding.applyAsDouble(scale[j] * d[j]);
          eHat[j] = e[j] * hat[j];
        }
        for (int j = 0; j < width; j++) {
          below[n][t * width + j] = (e[j] - mean(e) - hat[j] * mean(eHat)) / deviation(x);
        }
      }
    }
    return below;
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  @Override
  public Map<String, double[]> parameters() {
    return Map.of("scale", scale, "bias", bias);
  }

  @Override
  public Map<String, double[]> gradients() {
    return Map.of("scale", scaleGradient, "bias", biasGradient);
  }
}
