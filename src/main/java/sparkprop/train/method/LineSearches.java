package sparkprop.train.method;

import breeze.linalg.DenseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.QuasiNewton;
import sparkprop.optim.Segment;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.StopReason;
import sparkprop.train.TrainingState;

/**
 * L-BFGS and OWL-QN: each iteration is a line search along the direction that the last steps
 * suggest; one that leads upwards is shortened. Gradients are float32; the function's value and the
 * search are in double precision.
 */
final class LineSearches implements Method {
  /** A step of a thousandth that gains nothing is none. */
  private static final int MOST_HALVINGS = 10;

  private final Objective objective;
  private final Penalty penalty;
  private final BreezeSearch search;
  private final int length;
  private final int remembered;

  /** The last point asked for, its weights, and what was found there. */
  private float @Nullable [] asked;

  private Objective.@Nullable Point known;

  /**
   * @param penalty its L2 part is in the objective already
   * @param length trainable weights
   */
  LineSearches(QuasiNewton solver, Objective objective, Penalty penalty, int length) {
    this.objective = objective;
    this.penalty = penalty;
    this.length = length;
    this.remembered = solver.memory();
    this.search = new BreezeSearch(solver.memory(), l1(penalty, length));
  }

  private static double[] l1(Penalty penalty, int length) {
    double[] strengths = new double[penalty.l1() == 0 ? 0 : length];
    for (Segment segment : strengths.length == 0 ? List.<Segment>of() : penalty.segments()) {
      Arrays.fill(strengths, segment.offset(), segment.offset() + segment.length(), penalty.l1());
    }
    return strengths;
  }

  @Override
  public OptimizerState initialState() {
    return new OptimizerState(0, Map.of());
  }

  @Override
  public double objective(float[] weights) throws InterruptedException {
    return at(weights).value() + l1(weights);
  }

  private double l1(float[] weights) {
    return penalty.value(weights) - penalty.smooth().value(weights);
  }

  private Objective.Point at(float[] weights) throws InterruptedException {
    // Running statistics behind the weights have no part in training.
    float[] trainable = Arrays.copyOf(weights, length);
    if (known == null || !Arrays.equals(asked, trainable)) {
      known = null; // should it fail, nothing is known
      Objective.Point point = objective.at(weights);
      asked = trainable;
      known = point;
    }
    return known;
  }

  @Override
  public Iteration iterate(TrainingState state, int pass, int plateaus)
      throws InterruptedException {
    Objective.Point here = at(state.weights());
    double first = here.value() + l1(state.weights());
    if (!Double.isFinite(first) || !allFinite(here.gradient())) {
      return new Iteration.Made(state, first, Double.NaN); // for the trainer to say
    }
    List<BreezeSearch.Place> places = places(state, here);
    float[] trial = state.weights().clone();
    Optional<BreezeSearch.Found> found =
        search.next(x -> calculate(trial, x), places, here.value(), state.optimizer().steps());
    if (found.isEmpty() || Arrays.equals(found.get().x(), places.get(0).x())) {
      return new Iteration.Stuck(state, first, StopReason.LINE_SEARCH);
    }
    float[] weights = state.weights().clone();
    System.arraycopy(found.get().x(), 0, weights, 0, length);
    double reached = objective(weights);
    // OWL-QN of Breeze 2.1.0 holds the value where it stands for that of its first trial, which it
    // therefore takes wherever it leads.
    for (int halvings = 0; penalty.l1() > 0 && !(reached < first); halvings++) {
      if (halvings == MOST_HALVINGS) {
        return new Iteration.Stuck(state, first, StopReason.LINE_SEARCH);
      }
      for (int i = 0; i < length; i++) {
        weights[i] = (weights[i] + state.weights()[i]) / 2;
      }
      reached = objective(weights);
    }
    objective.settle(weights);
    OptimizerState memory =
        memory(
            state.optimizer().steps() + 1, found.get().forgetful() ? places.subList(0, 1) : places);
    return new Iteration.Made(new TrainingState(weights, memory), first, reached);
  }

  /** Along a direction that is not finite a search would go nowhere, and long. */
  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private Tuple2<Object, DenseVector<Object>> calculate(float[] trial, DenseVector<Object> x)
      throws InterruptedException {
    System.arraycopy(BreezeSearch.floats(x), 0, trial, 0, length);
    Objective.Point point = at(trial);
    return new Tuple2<>(point.value(), BreezeSearch.vector(point.gradient()));
  }

  private List<BreezeSearch.Place> places(TrainingState state, Objective.Point here) {
    List<BreezeSearch.Place> places = new ArrayList<>();
    places.add(new BreezeSearch.Place(Arrays.copyOf(state.weights(), length), here.gradient()));
    OptimizerState memory = state.optimizer();
    for (int i = 1; memory.names().contains("weights" + i); i++) {
      places.add(new BreezeSearch.Place(memory.slot("weights" + i), memory.slot("gradient" + i)));
    }
    return places;
  }

  /** The places of an iteration become those before the next. */
  private OptimizerState memory(long steps, List<BreezeSearch.Place> places) {
    Map<String, float[]> slots = new LinkedHashMap<>();
    for (int i = 1; i <= Math.min(remembered, places.size()); i++) {
      slots.put("weights" + i, places.get(i - 1).x());
      slots.put("gradient" + i, places.get(i - 1).gradient());
    }
    return new OptimizerState(steps, slots);
  }
}
