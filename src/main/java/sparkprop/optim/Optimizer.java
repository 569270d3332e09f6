package sparkprop.optim;

import java.io.Serializable;

/**
 * Makes updates. The order of one: the data's gradient, plus the penalty's, through the solver,
 * plus the decoupled decay, a step against it, the proximal step. Immutable: whatever changes is in
 * the weights and in the {@link OptimizerState}.
 */
public final class Optimizer implements Serializable {
  private static final long serialVersionUID = 1;

  private final GradientTransform direction;
  private final Penalty penalty;
  private final int length;

  /**
   * An optimizer over a flat array of weights.
   *
   * @param penalty its segments are the weights that decay, too
   * @param length the number of weights that have a gradient
   * @throws IllegalArgumentException if the penalty reaches beyond them
   */
  public Optimizer(FirstOrder solver, Penalty penalty, int length) {
    for (Segment segment : penalty.segments()) {
      if (segment.end() > length) {
        throw new IllegalArgumentException(
            "The penalty reaches up to weight %d, but there are %d weights."
                .formatted(segment.end(), length));
      }
    }
    this.direction =
        new Chain(
            penalty, solver.transform(), new DecoupledDecay(solver.decay(), penalty.segments()));
    this.penalty = penalty;
    this.length = length;
  }

  /** The state before the first update. */
  public OptimizerState initialState() {
    return OptimizerState.zero(direction.slots(), length);
  }

  /**
   * Makes one update in place.
   *
   * @param weights at least {@code length} numbers, of which the first {@code length} change
   * @param gradient the gradient of the mean loss of the rows, without penalty, at these weights;
   *     used up: afterwards it holds the direction of the step
   * @param state the state after the previous update
   * @param stepSize the learning rate of this update
   * @throws IllegalArgumentException if the lengths do not fit, or the state is another solver's;
   *     nothing has changed then
   */
  public void update(float[] weights, float[] gradient, OptimizerState state, double stepSize) {
    begin(weights, gradient, state, stepSize);
    update(weights, gradient, state, 0, length);
  }

  /**
   * Begins an update that is then made stretch by stretch.
   *
   * @throws IllegalArgumentException as {@link #update(float[], float[], OptimizerState, double)}
   */
  public void begin(float[] weights, float[] gradient, OptimizerState state, double stepSize) {
    check(weights, gradient, state);
    state.begin(stepSize);
  }

  /**
   * Makes a stretch of the update that has begun. Stretches may be made in any order and by any
   * thread; the bits are the same.
   *
   * @param from the first weight to change
   * @param to one past the last
   */
  public void update(float[] weights, float[] gradient, OptimizerState state, int from, int to) {
    direction.update(gradient, weights, state, from, to);
    float step = (float) state.stepSize();
    for (int i = from; i < to; i++) {
      weights[i] -= step * gradient[i]; // the one place where the sign flips
    }
    penalty.shrink(weights, state.stepSize(), from, to);
  }

  private void check(float[] weights, float[] gradient, OptimizerState state) {
    if (gradient.length != length || weights.length < length) {
      throw new IllegalArgumentException(
          "Expected %d weights and as long a gradient, but found %d and %d."
              .formatted(length, weights.length, gradient.length));
    }
    for (int s = 0; s < direction.slots().size(); s++) {
      String name = direction.slots().get(s);
      if (state.slot(name).length != length) {
        throw new IllegalArgumentException(
            "Slot '%s' of the optimizer's state has %d numbers, but there are %d weights."
                .formatted(name, state.slot(name).length, length));
      }
    }
  }
}
