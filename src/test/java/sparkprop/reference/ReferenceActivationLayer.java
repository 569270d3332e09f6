package sparkprop.reference;

import java.util.Arrays;

/** {@code a = f(z)}, row by row. */
final class ReferenceActivationLayer implements ReferenceLayer {
  private final ReferenceActivation activation;
  private double[][] input = {};

  ReferenceActivationLayer(ReferenceActivation activation) {
    this.activation = activation;
  }

  @Override
  public double[][] train(double[][] z, Sample sample) {
    input = z;
    return score(z);
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
    }
    return d;
  }

  @Override
  public boolean nearKink(double margin) {
    return Arrays.stream(input).anyMatch(z -> activation.nearKink(z, margin));
  }
}
