package sparkprop.optim;

import java.io.Serializable;
import java.util.List;

/**
 * One link of the way from a gradient to a step. It is immutable; what it remembers from update to
 * update stands in the slots that it asks for.
 */
public interface GradientTransform extends Serializable {

  /**
   * The names of the arrays it remembers, each as long as the gradient and zero before the first
   * update.
   */
  default List<String> slots() {
    return List.of();
  }

  /**
   * Transforms a stretch of the gradient of one update in place. The sign stays: the result is
   * still a direction of ascent, which {@link Optimizer} subtracts. Each element is transformed by
   * itself, so that threads may share an update, each with stretches of its own.
   *
   * @param gradient in: the gradient; out: the transformed one
   * @param weights the weights at which the gradient was taken, not to be changed; may be longer
   *     than the gradient, in which case only the first ones have a gradient
   * @param state holds {@link #slots}, to be changed in place; {@link OptimizerState#steps} is
   *     already the number of this update, counted from 1
   * @param from the first element to transform
   * @param to one past the last
   */
  void update(float[] gradient, float[] weights, OptimizerState state, int from, int to);
}
