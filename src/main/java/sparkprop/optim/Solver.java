package sparkprop.optim;

/**
 * A solver that takes one step for each gradient, as {@link Solvers} reads it from its text.
 *
 * @param text its canonical text: {@code adam(beta1=0.8)}
 * @param stepSize the learning rate where the user gives none
 * @param transform turns the gradient into the direction of the step
 * @param decay of weights, decoupled from the gradient; 0 for none
 * @param wholeBatch whether it needs the gradient of all rows
 */
public record Solver(
    String text, double stepSize, GradientTransform transform, double decay, boolean wholeBatch) {}
