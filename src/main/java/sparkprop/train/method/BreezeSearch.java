package sparkprop.train.method;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.math.MutableFiniteCoordinateField;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer.State;
import breeze.optimize.LBFGS;
import breeze.optimize.LBFGS.ApproximateInverseHessian;
import breeze.optimize.OWLQN;
import breeze.util.LazyLogger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.helpers.NOPLogger;
import scala.Function1;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * One iteration of Breeze's L-BFGS, or of its OWL-QN where there is an L1 penalty. It is begun anew
 * from floats each time, so that what must be remembered between iterations is floats alone: points
 * and their gradients.
 */
final class BreezeSearch {
  private static final MutableFiniteCoordinateField<DenseVector<Object>, Object, Object> SPACE =
      DenseVector$.MODULE$.space_Double();

  private final LBFGS<DenseVector<Object>> search;

  /**
   * @param memory how many steps the estimate of the inverse Hessian remembers
   * @param l1 strength of the L1 penalty of each weight; empty for none
   */
  BreezeSearch(int memory, double[] l1) {
    this.search =
        l1.length == 0
            ? new LBFGS<>(-1, memory, 0, SPACE)
            : new OWLQN<Object, DenseVector<Object>>(
                -1, memory, (Function1<Object, Object>) i -> l1[(Integer) i], 0, SPACE);
    // It calls a search that ends an error, and tells of each step; training tells by itself.
    search.breeze$util$SerializableLogging$$_the_logger_$eq(new LazyLogger(NOPLogger.NOP_LOGGER));
  }

  /**
   * A place that the search has been at.
   *
   * @param x the weights
   * @param gradient of the smooth part there
   */
  // Handed on, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Place(float[] x, float[] gradient) {}

  /**
   * Where a search has come to.
   *
   * @param x rounded to float32, where the function was evaluated
   * @param forgetful whether a first search failed, so that places before this one do not count
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(float[] x, boolean forgetful) {}

  /**
   * Searches from a place.
   *
   * @param function value of the smooth part, and its gradient, at any point rounded to float32
   * @param places the current one first, then those before it
   * @param value at the current place
   * @param iteration how many were made
   * @return nothing if no line search succeeds
   */
  Optional<Found> next(
      BreezeFunction.Calculation function, List<Place> places, double value, long iteration)
      throws InterruptedException {
    DiffFunction<DenseVector<Object>> breezes = BreezeFunction.of(function);
    Optional<Found> found = iterate(breezes, places, value, iteration);
    if (found.isPresent() || iteration == 0) {
      return found;
    }
    // Breeze itself tries once more without a history, but with the length of the whole gradient as
    // its first step; only at its very first iteration it begins with a step of length 1.
    return iterate(breezes, places.subList(0, 1), value, 0).map(anew -> new Found(anew.x(), true));
  }

  private Optional<Found> iterate(
      DiffFunction<DenseVector<Object>> function,
      List<Place> places,
      double value,
      long iteration) {
    State<DenseVector<Object>, Object, Object> here = state(function, places, value, iteration);
    if (isZero(here.adjustedGradient())) {
      return Optional.empty(); // it is flat here, and Breeze would divide by the gradient's norm
    }
    Iterator<State<DenseVector<Object>, Object, Object>> states =
        search.infiniteIterations(function, here);
    states.next(); // that is where we are
    boolean forgetful = false;
    while (true) {
      var state = states.next();
      if (state.searchFailed()) {
        return Optional.empty();
      }
      if (state.iter() > iteration) {
        return Optional.of(new Found(floats(state.x()), forgetful));
      }
      forgetful = true; // the history was dropped, and the search will be tried once more
    }
  }

  private State<DenseVector<Object>, Object, Object> state(
      DiffFunction<DenseVector<Object>> function,
      List<Place> places,
      double value,
      long iteration) {
    ApproximateInverseHessian<DenseVector<Object>> history =
        search.initialHistory(function, vector(places.get(0).x()));
    for (int i = places.size() - 1; i > 0; i--) {
      Place to = places.get(i - 1);
      Place from = places.get(i);
      history =
          history.updated(difference(to.x(), from.x()), difference(to.gradient(), from.gradient()));
    }
    DenseVector<Object> x = vector(places.get(0).x());
    DenseVector<Object> gradient = vector(places.get(0).gradient());
    Tuple2<Object, DenseVector<Object>> adjusted = search.adjust(x, gradient, value);
    return new State<>(
        x,
        value,
        gradient,
        (Double) adjusted._1(),
        adjusted._2(),
        Math.toIntExact(iteration),
        (Double) adjusted._1(),
        history,
        search.convergenceCheck().initialInfo(),
        false,
        Option.empty());
  }

  private static boolean isZero(DenseVector<Object> vector) {
    return Arrays.stream((double[]) vector.data()).allMatch(x -> x == 0);
  }

  static DenseVector<Object> vector(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return new DenseVector<>(doubles);
  }

  private static DenseVector<Object> difference(float[] to, float[] from) {
    double[] difference = new double[to.length];
    for (int i = 0; i < to.length; i++) {
      difference[i] = (double) to[i] - from[i];
    }
    return new DenseVector<>(difference);
  }

  static float[] floats(DenseVector<Object> vector) {
    double[] doubles = (double[]) vector.data();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
