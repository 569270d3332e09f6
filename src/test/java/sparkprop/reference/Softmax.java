package sparkprop.reference;

import java.util.Arrays;

/** {@code a[j] = e^z[j] / sum_k e^z[k]}; {@code da[i]/dz[j] = a[i] ([i = j] - a[j])}. */
record Softmax() implements ReferenceActivation {

  @Override
  public double[] value(double[] z) {
    double sum = Arrays.stream(z).map(Math::exp).sum();
    return Arrays.stream(z).map(x -> Math.exp(x) / sum).toArray();
  }

  @Override
  public double[] derive(double[] z, double[] delta) {
    double[] a = value(z);
    double[] d = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      for (int i = 0; i < z.length; i++) {
        d[j] += delta[i] * a[i] * ((i == j ? 1 : 0) - a[j]);
      }
    }
    return d;
  }

  @Override
  public boolean nearKink(double[] z, double margin) {
    return false;
  }
}
