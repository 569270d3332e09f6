package sparkprop.optim;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Transforms one after another, over one state that holds the slots of all. */
public final class Chain implements GradientTransform {
  private static final long serialVersionUID = 1;

  private final GradientTransform[] links;
  private final List<String> slots;

  /**
   * A chain in the order given.
   *
   * @throws IllegalArgumentException if two links want a slot of the same name
   */
  public Chain(GradientTransform... links) {
    this.links = links.clone();
    this.slots = Arrays.stream(links).flatMap(link -> link.slots().stream()).toList();
    if (new HashSet<>(slots).size() < slots.size()) {
      throw new IllegalArgumentException("Two transforms of a chain share a slot: " + slots + ".");
    }
  }

  @Override
  public List<String> slots() {
    return slots;
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    for (GradientTransform link : links) {
      link.update(gradient, weights, state, from, to);
    }
  }
}
