package sparkprop.reference;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** {@code z[j] = b[j] + sum_i x[i] W[i, j]}. */
final class ReferenceDense implements ReferenceLayer {
  private final int in;
  private final int out;
  private final double[] weight;
  private final double[] bias;
  private final double[] weightGradient;
  private final double[] biasGradient;
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceDense(int in, int out) {
    this.in = in;
    this.out = out;
    this.weight = new double[in * out];
    this.bias = new double[out];
    this.weightGradient = new double[in * out];
    this.biasGradient = new double[out];
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] z = new double[x.length][out];
    for (int n = 0; n < x.length; n++) {
      for (int j = 0; j < out; j++) {
        z[n][j] = bias[j];
        for (int i = 0; i < in; i++) {
          z[n][j] = plus(z[n][j], x[n][i] * weight[i * out + j]);
        }
      }
    }
    return z;
  }

  @Override
  public double[][] backward(double[][] delta) {
    double[][] inputDelta = new double[delta.length][in];
    for (int j = 0; j < out; j++) {
      biasGradient[j] = 0;
      for (double[] d : delta) {
        biasGradient[j] = plus(biasGradient[j], d[j]);
      }
      for (int i = 0; i < in; i++) {
        weightGradient[i * out + j] = 0;
        for (int n = 0; n < delta.length; n++) {
          weightGradient[i * out + j] =
              plus(weightGradient[i * out + j], input[n][i] * delta[n][j]);
          inputDelta[n][i] = plus(inputDelta[n][i], weight[i * out + j] * delta[n][j]);
        }
      }
    }
    return inputDelta;
  }

  /** A sum on the way may be much larger than what it ends as. */
  private double plus(double sum, double term) {
    return rounding.applyAsDouble(sum + term);
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
