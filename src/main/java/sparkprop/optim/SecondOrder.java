package sparkprop.optim;

import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * A solver that weighs the gradient by the damped Gauss-Newton matrix of all weights: the method of
 * Levenberg (1944) and Marquardt (1963) for squared error, which Hagan and Menhaj (1994) brought to
 * networks, or the natural gradient of Amari (1998), whose Fisher matrix is the generalised
 * Gauss-Newton matrix for the losses of exponential families (Martens 2020).
 *
 * @param text its canonical text
 * @param damping what is added to the matrix's diagonal at first, as a share of its largest
 *     element; above 0, 1e-3 by default
 * @param squaredErrorOnly whether it is defined for sums of squares alone
 */
public record SecondOrder(String text, double damping, boolean squaredErrorOnly) implements Solver {
  /** Most weights: the matrix of 5,000 takes 200 MB, and its factors 40 billion operations. */
  public static final int MOST_WEIGHTS = 5_000;

  private static final Parameter DAMPING = Parameter.number("damping", Range.above(0)).orElse(1e-3);

  static final Signature LEVENBERG_MARQUARDT = Signature.of("levenbergMarquardt", DAMPING);
  static final Signature NATURAL_GRADIENT = Signature.of("naturalGradient", DAMPING);

  static SecondOrder of(Arguments arguments, boolean squaredErrorOnly) {
    return new SecondOrder(arguments.text(), arguments.number("damping"), squaredErrorOnly);
  }
}
