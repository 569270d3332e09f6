import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingState;
import sparkprop.train.method.Methods;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;

/**
 * Seconds in which a 1-10-1 network is fitted to 100 points of a sine's period, to a mean squared
 * error of 1e-6: by l-bfgs and by Levenberg-Marquardt, from the same weights, in turn. A solver
 * that finds no better weights before that is taken at the moment when it gives up.
 */
final class Sine {
  private static final int ROWS = 100;
  private static final double GOAL = 1e-6 / 2; // the loss is half the square

  private Sine() {}

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    List<Fit> search = new ArrayList<>();
    List<Fit> damped = new ArrayList<>();
    Turns.Pairs seconds =
        Turns.alternate(
            rounds, () -> fit("levenbergMarquardt", damped), () -> fit("l-bfgs", search));
    Turns.print("mean-squared-error-lbfgs", median(search));
    Turns.print("mean-squared-error-levenberg-marquardt", median(damped));
    Turns.print("share-of-fits-at-the-goal-lbfgs", atTheGoal(search));
    Turns.print("share-of-fits-at-the-goal-levenberg-marquardt", atTheGoal(damped));
    Turns.print("seconds-lbfgs", Turns.median(seconds.peer()));
    Turns.print("seconds-levenberg-marquardt", Turns.median(seconds.ours()));
    Turns.print("ratio", seconds.inverseRatio());
  }

  private record Fit(double seconds, double error) {}

  private static double median(List<Fit> fits) {
    return Turns.median(fits.stream().map(Fit::error).toList());
  }

  private static double atTheGoal(List<Fit> fits) {
    return fits.stream().filter(fit -> fit.error() <= 2 * GOAL).count() / (double) fits.size();
  }

  /** The next fit of a solver; each begins with weights of its own, the same for both solvers. */
  private static double fit(String solver, List<Fit> fits) throws InterruptedException {
    fits.add(fit(solver, fits.size()));
    return fits.get(fits.size() - 1).seconds();
  }

  private static Fit fit(String solver, long seed) throws InterruptedException {
    Network network =
        Network.of(
            NetworkSpec.parse("dense(10) tanh"),
            Shape.of(1),
            Heads.regression("squaredError", "identity", 1));
    TrainerSettings settings = new TrainerSettings(1, 0, Schedules.read("constant"), 0, 0, seed);
    try (LocalPlacement placement =
        new LocalPlacement(network, LocalData.of(List.of(List.of(sine()))), ROWS, 2, 1)) {
      Method method =
          Methods.of(Solvers.read(solver), network, Penalty.none(), 0, 1, placement, settings);
      long start = System.nanoTime();
      TrainingState state =
          new TrainingState(Initialisation.draw(network, "auto", seed), method.initialState());
      double objective = method.objective(state.weights());
      for (int i = 0; objective > GOAL; i++) {
        if (!(method.iterate(state, i, 0) instanceof Iteration.Made made)) {
          break;
        }
        state = made.state();
        objective = made.objective();
      }
      return new Fit(Turns.seconds(start), 2 * objective);
    }
  }

  private static Block sine() {
    float[] x = new float[ROWS];
    float[] t = new float[ROWS];
    float[] ones = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = 2f * i / (ROWS - 1) - 1;
      t[i] = (float) Math.sin(Math.PI * x[i]);
      ones[i] = 1;
    }
    return new Block(DenseRows.of(ROWS, 1, x), t, ones, LongStream.range(0, ROWS).toArray());
  }
}
