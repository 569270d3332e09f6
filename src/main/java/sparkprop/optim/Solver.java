package sparkprop.optim;

import java.util.OptionalDouble;

/** A way to change weights, as {@link Solvers} reads it from its text. */
public sealed interface Solver permits FirstOrder, QuasiNewton, SecondOrder {
  /** Its canonical text: {@code adam(beta1=0.8)}. */
  String text();

  /**
   * The learning rate where the user gives none; empty for a solver that finds its steps itself.
   */
  default OptionalDouble stepSize() {
    return OptionalDouble.empty();
  }

  /** Whether it needs the gradient of all rows at once. */
  default boolean wholeBatch() {
    return true;
  }
}
