package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** {@code z[t, j] = b[j] + sum over d and i of a[t-d, i] W[d, i, j]}, up to each row's length. */
final class ReferenceTimeDelay implements ReferenceLayer {
  private final int steps;
  private final int features;
  private final int units;
  private final double[] weight;
  private final double[] bias;
  private final double[] weightGradient;
  private final double[] biasGradient;
  private final int taps;
  private int[] lengths = {};
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceTimeDelay(int steps, int features, int units, int taps) {
    this.steps = steps;
    this.features = features;
    this.units = units;
    this.taps = taps;
    this.weight = new double[taps * features * units];
    this.bias = new double[units];
    this.weightGradient = new double[weight.length];
    this.biasGradient = new double[units];
  }

  /** What is done with one product of the sum: its weight, its input and its output. */
  private interface Term {
    void take(int w, int a, int z);
  }

  private void forEachTerm(int length, Term term) {
    for (int t = 0; t < length; t++) {
      for (int d = 0; d < taps && d <= t; d++) {
        for (int i = 0; i < features; i++) {
          for (int j = 0; j < units; j++) {
            term.take((d * features + i) * units + j, (t - d) * features + i, t * units + j);
          }
        }
      }
    }
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
    double[][] all = new double[x.length][steps * units];
    for (int n = 0; n < x.length; n++) {
      double[] row = x[n];
      double[] z = all[n];
      for (int k = 0; k < lengths[n] * units; k++) {
        z[k] = bias[k % units];
      }
      forEachTerm(
          lengths[n], (w, a, k) -> z[k] = rounding.applyAsDouble(z[k] + weight[w] * row[a]));
    }
    return all;
  }

  @Override
  public double[][] backward(double[][] delta) {
    Arrays.fill(weightGradient, 0);
    Arrays.fill(biasGradient, 0);
    double[][] inputDelta = new double[delta.length][steps * features];
    for (int n = 0; n < delta.length; n++) {
      double[] d = delta[n];
      double[] row = input[n];
      double[] below = inputDelta[n];
      for (int k = 0; k < lengths[n] * units; k++) {
        biasGradient[k % units] = rounding.applyAsDouble(biasGradient[k % units] + d[k]);
      }
      forEachTerm(
          lengths[n],
          (w, a, k) -> {
            weightGradient[w] = rounding.applyAsDouble(weightGradient[w] + d[k] * row[a]);
            below[a] = rounding.applyAsDouble(below[a] + d[k] * weight[w]);
          });
    }
    return inputDelta;
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  @Override
  public Map<String, double[]> parameters() {
    return Map.of("weight", weight, "bias", bias);
  }

  @Override
  public Map<String, double[]> gradients() {
    return Map.of("weight", weightGradient, "bias", biasGradient);
  }
}
