package sparkprop.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that an optimizer remembers between two updates: how many it has made, and arrays as long as
 * the gradient, by name. Mutable: an update changes it in place. A state rebuilt from {@link
 * #steps} and {@link #slots} goes on bitwise as the original would.
 */
public final class OptimizerState {
  private long steps;

  /** Of the update in progress; between updates it says nothing. */
  private double stepSize;

  private final LinkedHashMap<String, float[]> slots;

  /**
   * A state as it was, for instance from a checkpoint.
   *
   * @param steps the number of updates made
   * @param slots the arrays by name, taken over without a copy
   */
  public OptimizerState(long steps, Map<String, float[]> slots) {
    this.steps = steps;
    this.slots = new LinkedHashMap<>(slots);
  }

  /** The state before the first update: slots full of zeros. */
  static OptimizerState zero(List<String> names, int length) {
    Map<String, float[]> slots = new LinkedHashMap<>();
    for (String name : names) {
      slots.put(name, new float[length]);
    }
    return new OptimizerState(0, slots);
  }

  /** The number of updates made, the one in progress included. */
  public long steps() {
    return steps;
  }

  /** The names of the slots. */
  public Set<String> names() {
    return Collections.unmodifiableSet(slots.keySet());
  }

  /**
   * A slot's array, not a copy.
   *
   * @throws IllegalArgumentException if the state has no such slot, as when it belongs to another
   *     solver
   */
  public float[] slot(String name) {
    float[] slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          "The optimizer's state has no slot '%s', only %s; it belongs to another solver."
              .formatted(name, slots.keySet()));
    }
    return slot;
  }

  /** A copy that shares nothing with this state. */
  public OptimizerState copy() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    slots.forEach((name, slot) -> copies.put(name, slot.clone()));
    return new OptimizerState(steps, copies);
  }

  /**
   * Takes over what another state of the same solver remembers, by copying it.
   *
   * @throws IllegalArgumentException if that lacks a slot
   */
  public void become(OptimizerState other) {
    slots.forEach((name, slot) -> System.arraycopy(other.slot(name), 0, slot, 0, slot.length));
    steps = other.steps;
  }

  /** The step size of the update in progress, by which its direction will be multiplied. */
  double stepSize() {
    return stepSize;
  }

  void begin(double size) {
    steps++;
    stepSize = size;
  }
}
