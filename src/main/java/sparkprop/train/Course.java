package sparkprop.train;

import java.util.ArrayList;
import java.util.List;
import sparkprop.nn.LayerHealth;

/**
 * How far a training run has come: all that its loop knows. Another loop that begins here ends with
 * the same bits.
 *
 * @param state weights and the solver's memory
 * @param best the weights that training would yield now: with validation those of the best pass,
 *     else the last
 * @param watch over the loss that decides when to stop
 * @param plateau over the same loss, for the step size's schedule
 * @param plateaus how often that stood still
 * @param objectives entry 0 that of the first mini-batch, then one a pass; empty before the first
 * @param validationLosses one a pass, if rows validate
 * @param validationAccuracies one a pass, if rows validate
 * @param health of the layers after each pass
 * @param nanos time of all passes, validation not counted
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Course(
    TrainingState state,
    float[] best,
    Watch watch,
    Watch plateau,
    int plateaus,
    List<Double> objectives,
    List<Double> validationLosses,
    List<Double> validationAccuracies,
    List<List<LayerHealth>> health,
    long nanos) {
  /** Copies the lists. */
  public Course {
    objectives = List.copyOf(objectives);
    validationLosses = List.copyOf(validationLosses);
    validationAccuracies = List.copyOf(validationAccuracies);
    health = List.copyOf(health);
  }

  /** Before the first pass. */
  static Course from(TrainingState state) {
    return new Course(
        state,
        state.weights(),
        Watch.NONE,
        Watch.NONE,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /** Passes made. */
  public int passes() {
    return Math.max(0, objectives.size() - 1);
  }

  static <T> List<T> plus(List<T> list, T value) {
    List<T> longer = new ArrayList<>(list);
    longer.add(value);
    return longer;
  }
}
