package sparkprop.train;

import sparkprop.nn.ParameterLayout;
import sparkprop.optim.OptimizerState;

/**
 * What updates change: the weights and what the solver remembers. Two owners never share one.
 *
 * @param weights the flat array, running statistics included
 * @param optimizer the solver's memory
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record TrainingState(float[] weights, OptimizerState optimizer) {
  /**
   * How many bytes one takes, but for a few of framing.
   *
   * @param slots arrays as long as the gradient that the solver keeps
   */
  public static long bytes(ParameterLayout layout, int slots) {
    return Float.BYTES * (layout.size() + (long) slots * layout.trainableSize());
  }
}
