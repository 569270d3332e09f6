package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Row x[t] of a matrix for each step t, or zeros where x[t] is 0. */
final class ReferenceEmbedding implements ReferenceLayer {
  private final int width;
  private final double[] weight;
  private final double[] gradient;
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceEmbedding(int vocabulary, int width) {
    this.width = width;
    this.weight = new double[vocabulary * width];
    this.gradient = new double[vocabulary * width];
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] vectors = new double[x.length][x[0].length * width];
    for (int n = 0; n < x.length; n++) {
      for (int t = 0; t < x[n].length; t++) {
        for (int j = 0; j < width && x[n][t] != 0; j++) {
          vectors[n][t * width + j] = weight[((int) x[n][t]) * width + j];
        }
      }
    }
    return vectors;
  }

  @Override
  public double[][] backward(double[][] delta) {
    Arrays.fill(gradient, 0);
    for (int n = 0; n < delta.length; n++) {
      for (int t = 0; t < input[n].length; t++) {
        for (int j = 0; j < width && input[n][t] != 0; j++) {
          int at = ((int) input[n][t]) * width + j;
          gradient[at] = rounding.applyAsDouble(gradient[at] + delta[n][t * width + j]);
        }
      }
    }
    return new double[delta.length][input[0].length];
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  @Override
  public Map<String, double[]> parameters() {
    return Map.of("weight", weight);
  }

  @Override
  public Map<String, double[]> gradients() {
    return Map.of("weight", gradient);
  }
}
