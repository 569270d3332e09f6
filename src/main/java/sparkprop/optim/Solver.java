package sparkprop.optim;

/**
 * A solver that takes one step for each mini-batch, as {@link Solvers} reads it from its text.
 *
 * @param text its canonical text: {@code adam(beta1=0.8)}
 * @param stepSize the learning rate where the user gives none
 * @param transform turns the gradient into the direction of the step
 */
public record Solver(String text, double stepSize, GradientTransform transform) {}
