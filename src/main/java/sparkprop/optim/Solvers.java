package sparkprop.optim;

import sparkprop.text.Arguments;
import sparkprop.text.Vocabulary;

/** The table of solvers: by what text each is called, its own step size, and its transform. */
public final class Solvers {
  private static final Vocabulary<Solver> TABLE =
      Vocabulary.<Solver>of("solver")
          .with(Sgd.SIGNATURE, a -> solver(a, 0.01, new Sgd()))
          .with(Momentum.SIGNATURE, a -> solver(a, 0.01, new Momentum(a.number("momentum"))))
          .with(Nesterov.SIGNATURE, a -> solver(a, 0.01, new Nesterov(a.number("momentum"))))
          .with(Adagrad.SIGNATURE, a -> solver(a, 0.01, new Adagrad(a.number("epsilon"))))
          .with(
              RmsProp.SIGNATURE,
              a -> solver(a, 0.001, new RmsProp(a.number("decay"), a.number("epsilon"))))
          .with(
              Adam.SIGNATURE,
              a -> new FirstOrder(a.text(), 0.001, Adam.of(a), 0, false, a.flag("lazy")))
          .with(
              Adam.WITH_DECAY,
              a -> new FirstOrder(a.text(), 0.001, Adam.of(a), a.number("decay"), false, false))
          .with(Rprop.SIGNATURE, a -> new FirstOrder(a.text(), 0.01, Rprop.of(a), 0, true, false))
          .with(QuasiNewton.SIGNATURE, QuasiNewton::of)
          .with(SecondOrder.LEVENBERG_MARQUARDT, a -> SecondOrder.of(a, true))
          .with(SecondOrder.NATURAL_GRADIENT, a -> SecondOrder.of(a, false));

  private Solvers() {}

  /** All solvers, by name. */
  public static Vocabulary<Solver> vocabulary() {
    return TABLE;
  }

  /**
   * Reads a solver: {@code sgd}, {@code momentum(0.9)}, {@code adam(beta1=0.9)}.
   *
   * @throws sparkprop.text.TextException if the text is not one of a solver
   */
  public static Solver read(String text) {
    return TABLE.readOne("solver", text);
  }

  private static Solver solver(Arguments arguments, double stepSize, GradientTransform transform) {
    return new FirstOrder(arguments.text(), stepSize, transform, 0, false, false);
  }
}
