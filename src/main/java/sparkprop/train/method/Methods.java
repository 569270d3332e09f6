package sparkprop.train.method;

import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.QuasiNewton;
import sparkprop.optim.SecondOrder;
import sparkprop.optim.Solver;
import sparkprop.train.Method;
import sparkprop.train.Placement;
import sparkprop.train.Step;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingState;

/** The method of each kind of solver. */
public final class Methods {
  private Methods() {}

  /**
   * How a solver trains a network.
   *
   * @param maxGradientNorm to which the gradients of a first-order solver are clipped, 0 for not at
   *     all
   * @param syncInterval updates of a first-order solver that partitions make by themselves between
   *     two averagings; 1 for none
   * @param placement where the rows are; all of them are a mini-batch if the solver needs all
   * @throws IllegalArgumentException as {@link #check}
   */
  public static Method of(
      Solver solver,
      Network network,
      Penalty penalty,
      double maxGradientNorm,
      int syncInterval,
      Placement placement,
      TrainerSettings settings) {
    check(solver, network);
    int length = network.layout().trainableSize();
    if (solver instanceof QuasiNewton quasi) {
      Objective rows = new WholeBatch(network, placement, penalty, settings.seed());
      return new LineSearches(quasi, rows, penalty, length);
    }
    if (solver instanceof SecondOrder second) {
      Moment all = new Moment(settings.seed(), 0, 0);
      return new DampedSteps(second, w -> placement.curvature(w, all), penalty, length);
    }
    Optimizer optimizer = new Optimizer((FirstOrder) solver, penalty, length);
    GradientSteps steps =
        new GradientSteps(
            new Step(network, optimizer, penalty, maxGradientNorm, solver.wholeBatch()),
            placement,
            settings);
    return syncInterval == 1 ? steps : new AveragedSteps(steps, syncInterval);
  }

  /**
   * How many arrays as long as the weights a solver keeps on the driver. For each step that l-bfgs
   * remembers these are two of float32, and two of doubles while Breeze searches, beside six that
   * it works with.
   */
  public static int arrays(Solver solver) {
    return solver instanceof QuasiNewton quasi
        ? 6 * quasi.memory() + 12
        : solver instanceof FirstOrder first ? first.slots() : 0;
  }

  /**
   * How many bytes the largest result takes that a partition yields: a gradient, a Gauss-Newton
   * matrix, or weights and the solver's memory where partitions make updates by themselves.
   *
   * @param syncInterval as for {@link #of}
   */
  public static long resultBytes(Solver solver, Network network, int syncInterval) {
    if (solver instanceof SecondOrder) {
      return CurvatureSum.bytes(network.layout().trainableSize());
    }
    return solver instanceof FirstOrder first && syncInterval > 1
        ? TrainingState.bytes(network.layout(), first.slots())
        : network.gradientSumBytes();
  }

  /**
   * Refuses a network that a solver cannot train.
   *
   * @throws IllegalArgumentException naming a solver that can
   */
  public static void check(Solver solver, Network network) {
    if (!(solver instanceof SecondOrder second)) {
      return;
    }
    if (network.couplesRows()) {
      throw new IllegalArgumentException(
          ("Solver %s needs each row's own derivative, which batchNorm mixes: take that layer out,"
                  + " or use l-bfgs or adam.")
              .formatted(solver.text()));
    }
    int weights = network.layout().trainableSize();
    if (weights > SecondOrder.MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          ("Solver %s holds a matrix over all weights and takes %,d at most, but the network has"
                  + " %,d: use l-bfgs or adam, or narrower layers.")
              .formatted(solver.text(), SecondOrder.MOST_WEIGHTS, weights));
    }
    if (second.squaredErrorOnly() && !network.head().sumOfSquares()) {
      throw new IllegalArgumentException(
          "Solver %s needs a sum of squares, but the loss is %s: set loss to squaredError, or use naturalGradient."
              .formatted(solver.text(), network.head().loss()));
    }
    if (network.head().curvatureRank() == 0) {
      throw new IllegalArgumentException(
          "Solver %s needs a loss with a Gauss-Newton matrix, which %s has not: use l-bfgs or adam."
              .formatted(solver.text(), network.head().loss()));
    }
  }
}
