package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code z[f, y, x] = b[f] + sum of W[f, c, i, j] a[c, y s + i - p, x s + j - p]}, over all
 * channels c, or, depthwise, over c = f alone.
 */
final class ReferenceConv implements ReferenceLayer {
  private final ReferenceMaps maps;
  private final int filters;
  private final boolean depthwise;
  private final double[] weight;
  private final double[] bias;
  private final double[] weightGradient;
  private final double[] biasGradient;
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceConv(ReferenceMaps maps, int filters, boolean depthwise) {
    this.maps = maps;
    this.filters = filters;
    this.depthwise = depthwise;
    int size = filters * (depthwise ? 1 : maps.in()[0]) * maps.kernel()[0] * maps.kernel()[1];
    this.weight = new double[size];
    this.bias = new double[filters];
    this.weightGradient = new double[size];
    this.biasGradient = new double[filters];
  }

  /** What is done with one product of the sum: its weight, its input (or -1) and its output. */
  private interface Term {
    void take(int w, int a, int z);
  }

  private void forEachTerm(Term term) {
    int w = 0;
    for (int f = 0; f < filters; f++) {
      for (int c = depthwise ? f : 0; c < (depthwise ? f + 1 : maps.in()[0]); c++) {
        for (int i = 0; i < maps.kernel()[0]; i++) {
          for (int j = 0; j < maps.kernel()[1]; j++) {
            for (int y = 0; y < maps.outHeight(); y++) {
              for (int x = 0; x < maps.outWidth(); x++) {
                term.take(w, maps.index(c, y, x, i, j), maps.place(f, y, x));
              }
            }
            w++;
          }
        }
      }
    }
  }

  private int places() {
    return maps.outHeight() * maps.outWidth();
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] all = new double[x.length][filters * places()];
    for (int n = 0; n < x.length; n++) {
      double[] row = x[n];
      double[] z = all[n];
      for (int k = 0; k < z.length; k++) {
        z[k] = bias[k / places()];
      }
      forEachTerm(
          (w, a, k) -> z[k] = a < 0 ? z[k] : rounding.applyAsDouble(z[k] + weight[w] * row[a]));
    }
    return all;
  }

  @Override
  public double[][] backward(double[][] delta) {
    Arrays.fill(weightGradient, 0);
    Arrays.fill(biasGradient, 0);
    double[][] inputDelta = new double[delta.length][input[0].length];
    for (int n = 0; n < delta.length; n++) {
      double[] d = delta[n];
      double[] row = input[n];
      double[] below = inputDelta[n];
      for (int k = 0; k < d.length; k++) {
        biasGradient[k / places()] = rounding.applyAsDouble(biasGradient[k / places()] + d[k]);
      }
      forEachTerm(
          (w, a, k) -> {
            if (a >= 0) {
              weightGradient[w] = rounding.applyAsDouble(weightGradient[w] + d[k] * row[a]);
              below[a] = rounding.applyAsDouble(below[a] + d[k] * weight[w]);
            }
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
