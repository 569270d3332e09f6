package sparkprop.reference;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** A layer that remembers its last forward pass and derives it backwards. */
public interface ReferenceLayer {

  /** Says how long the sequence of each row to come is, for layers that know of steps. */
  default void setLengths(int[] lengths) {}

  /**
   * The layer's output in training.
   *
   * @param x {@code a[l-1]}, rows x in
   * @param sample the rows' weights and numbers, for layers that look at more than values
   */
  double[][] train(double[][] x, Sample sample);

  /** The layer's output in scoring, rows x out. */
  double[][] score(double[][] x);

  /**
   * Derives the last call of {@link #train}: sets {@link #gradients()} and returns {@code
   * dC/da[l-1]}.
   *
   * @param delta {@code dC/da[l]}, rows x out
   */
  double[][] backward(double[][] delta);

  /** What it learns, by name; row-major; changed in place by who moves the weights. */
  default Map<String, double[]> parameters() {
    return Map.of();
  }

  /** The gradient of the summed loss after {@link #backward}, by the same names. */
  default Map<String, double[]> gradients() {
    return Map.of();
  }

  /** What follows the data instead of a gradient, by name. */
  default Map<String, double[]> statistics() {
    return Map.of();
  }

  /** Moves {@link #statistics()} as one update does, from the last call of {@link #train}. */
  default void absorb() {}

  /** Passes what it computes on the way to a small difference through an error of rounding. */
  default void roundBy(DoubleUnaryOperator rounding) {}

  /**
   * Whether the last forward pass came so near a kink that a small step might cross it, and
   * derivatives there say nothing.
   */
  default boolean nearKink(double margin) {
    return false;
  }
}
