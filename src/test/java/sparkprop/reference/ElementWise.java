package sparkprop.reference;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * An activation that maps each value by itself.
 *
 * @param f the function
 * @param derivative its derivative
 * @param kinks where derivatives jump
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ElementWise(DoubleUnaryOperator f, DoubleUnaryOperator derivative, double... kinks)
    implements ReferenceActivation {

  @Override
  public double[] value(double[] z) {
    return Arrays.stream(z).map(f).toArray();
  }

  @Override
  public double[] derive(double[] z, double[] delta) {
    double[] d = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      d[j] = delta[j] * derivative.applyAsDouble(z[j]);
    }
    return d;
  }

  @Override
  public boolean nearKink(double[] z, double margin) {
    return Arrays.stream(z)
        .anyMatch(x -> Arrays.stream(kinks).anyMatch(kink -> Math.abs(x - kink) < margin));
  }
}
