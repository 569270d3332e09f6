package sparkprop.nn.loss;

import java.util.Arrays;

/** Class probabilities of one row, in place and in double precision. NaN anywhere makes all NaN. */
final class Probabilities {
  private Probabilities() {}

  /** Divides by the sum; nothing but zeros becomes the uniform distribution. */
  static void normalise(double[] p) {
    double sum = 0;
    for (double x : p) {
      sum += x;
    }
    if (sum == 0) {
      Arrays.fill(p, 1.0 / p.length);
      return;
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
  }

  /** Softmax, the largest subtracted first so that nothing overflows. */
  static void softmax(double[] z) {
    double max = Arrays.stream(z).reduce(Double.NEGATIVE_INFINITY, Math::max);
    for (int k = 0; k < z.length; k++) {
      z[k] = Math.exp(z[k] - max);
    }
    normalise(z);
  }
}
