package sparkprop.optim;

import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * L-BFGS of Liu and Nocedal (1989), and with an L1 penalty the orthant-wise OWL-QN of Andrew and
 * Gao (2007): the inverse Hessian is estimated from the last steps and the changes of the gradient
 * along them, and a line search finds how far to go.
 *
 * @param text its canonical text
 * @param memory how many steps the estimate remembers, at least 1; 10 by default
 */
public record QuasiNewton(String text, int memory) implements Solver {
  static final Signature SIGNATURE =
      Signature.of("l-bfgs", Parameter.whole("memory", Range.atLeast(1)).orElse(10));

  static QuasiNewton of(Arguments arguments) {
    return new QuasiNewton(arguments.text(), arguments.whole("memory"));
  }
}
