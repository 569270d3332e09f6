package sparkprop.reference;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** {@code a = f(z)}, row by row. */
final class ReferenceActivationLayer implements ReferenceLayer {
  private final ReferenceActivation activation;
  private double[][] input = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceActivationLayer(ReferenceActivation activation) {
    this.activation = activation;
  }

  @Override
  public double[][] train(double[][] z, Sample sample) {
    input = z;
    double[][] a = score(z);
    for (double[] row : a) {
      for (int j = 0; j < row.length; j++) {
        row[j] += error();
      }
    }
    return a;
  }

  @Override
  public double[][] score(double[][] z) {
    return Arrays.stream(z).map(activation::value).toArray(double[][]::new);
  }

  @Override
  public double[][] backward(double[][] delta) {
    double[][] d = new double[delta.length][];
    for (int n = 0; n < delta.length; n++) {
      d[n] = activation.derive(input[n], delta[n]);
      for (int j = 0; j < d[n].length; j++) {
        d[n][j] += delta[n][j] * error();
      }
    }
    return d;
  }

  /** Small values and derivatives are what is left of numbers near 1, in many a formula. */
  private double error() {
    return rounding.applyAsDouble(1) - 1;
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  @Override
  public boolean nearKink(double margin) {
    return Arrays.stream(input).anyMatch(z -> activation.nearKink(z, margin));
  }
}
