package sparkprop.optim;

import java.util.OptionalDouble;

/**
 * A solver that takes one step for each gradient.
 *
 * @param text its canonical text: {@code adam(beta1=0.8)}
 * @param learningRate its own, where the user gives none
 * @param transform turns the gradient into the direction of the step
 * @param decay of weights, decoupled from the gradient; 0 for none
 * @param wholeBatch whether it needs the gradient of all rows
 * @param lazy whether weights of a sparse input's column, and what is remembered of them, are
 *     touched only by updates in which the column occurs, as PyTorch's SparseAdam does (which adds
 *     its epsilon before the bias correction, where Adam adds it after; that is Adam's here)
 */
public record FirstOrder(
    String text,
    double learningRate,
    GradientTransform transform,
    double decay,
    boolean wholeBatch,
    boolean lazy)
    implements Solver {
  /** How many arrays as long as the gradient it keeps between updates. */
  public int slots() {
    return transform.slots().size(); // penalty and decay keep none
  }

  @Override
  public OptionalDouble stepSize() {
    return OptionalDouble.of(learningRate);
  }
}
