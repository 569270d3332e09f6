package sparkprop.train.step;

import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sparkprop.train.TrainingState;

/**
 * The state from which a pass begins, broadcast to whoever makes the pass, and in each JVM the pass
 * that is made from there. A JVM holds one value of a broadcast as long as a task uses it, so that
 * all its tasks find the same pass; and it drops the value, and the pass with it, when the driver
 * destroys the broadcast, or is gone itself, so that nothing need be closed.
 */
final class PassStart implements Serializable {
  private static final long serialVersionUID = 1;

  private final CarriedState state;
  private transient @Nullable SharedPass pass;

  /**
   * @param state not copied and not changed
   */
  PassStart(TrainingState state) {
    this.state = new CarriedState(state);
  }

  /**
   * This JVM's pass. One that has failed is made anew, from the state as it was.
   *
   * @param open makes a pass that changes the state it is given
   */
  synchronized SharedPass pass(Function<TrainingState, SharedPass> open) {
    SharedPass found = pass;
    if (found == null || found.failed()) {
      found = open.apply(state.copy());
      pass = found;
    }
    return found;
  }
}
