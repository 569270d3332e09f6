package sparkprop.reference;

/** An activation function of one row, and its derivative. */
public interface ReferenceActivation {

  /** {@code a = f(z)}. */
  double[] value(double[] z);

  /** {@code dC/dz[j] = sum_i dC/da[i] da[i]/dz[j]}. */
  double[] derive(double[] z, double[] delta);

  /** Whether some z lies within {@code margin} of a point where f or f' is not smooth. */
  boolean nearKink(double[] z, double margin);
}
