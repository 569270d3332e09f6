package sparkprop.train.step;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import sparkprop.linalg.FloatArray;
import sparkprop.optim.OptimizerState;
import sparkprop.train.TrainingState;

/** A training state on its way between JVMs. */
final class CarriedState implements Serializable {
  private static final long serialVersionUID = 1;

  private final FloatArray weights;
  private final LinkedHashMap<String, FloatArray> slots = new LinkedHashMap<>();
  private final long steps;

  /**
   * @param state not copied
   */
  CarriedState(TrainingState state) {
    this.weights = new FloatArray(state.weights());
    state
        .optimizer()
        .names()
        .forEach(name -> slots.put(name, new FloatArray(state.optimizer().slot(name))));
    this.steps = state.optimizer().steps();
  }

  /** A copy to be changed. */
  TrainingState copy() {
    return new TrainingState(weights.values().clone(), optimizer().copy());
  }

  /** Has a state of the same network and solver become this one. */
  void copyInto(TrainingState state) {
    System.arraycopy(weights.values(), 0, state.weights(), 0, state.weights().length);
    state.optimizer().become(optimizer());
  }

  private OptimizerState optimizer() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    slots.forEach((name, slot) -> arrays.put(name, slot.values()));
    return new OptimizerState(steps, arrays);
  }
}
