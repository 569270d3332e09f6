package sparkprop.nn.layer;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;

/**
 * One task's workspace for one layer, and the two passes through it. Not shared between threads.
 * Calls of {@link #backward}, several for several deltas, belong to the call of {@link #forward}
 * before them and may use whatever that call kept, the input rows included.
 */
public interface LayerPass {
  /**
   * Computes {@code a[l]} from {@code a[l-1]}.
   *
   * @param weights the network's flat array
   * @param input {@code a[l-1]}, rows x in; read only
   * @return {@code a[l]}, rows x out, in a buffer of this pass (or {@code input} itself where the
   *     layer changes nothing)
   */
  Rows forward(float[] weights, Rows input, RowContext rows);

  /**
   * Accumulates the gradient of this layer's parameters and computes {@code dC/da[l-1]}.
   *
   * @param weights the network's flat array, as in the forward pass
   * @param delta {@code dC/da[l]}, rows x out; may be overwritten
   * @param gradient flat, laid out like the trainable part of {@code weights}; added to
   * @param inputWanted false for the lowest layer, where nobody asks for {@code dC/da[l-1]}; what
   *     is returned then has no meaning
   * @return {@code dC/da[l-1]}, rows x in, in a buffer of this pass or in {@code delta} itself
   */
  DenseRows backward(float[] weights, DenseRows delta, float[] gradient, boolean inputWanted);

  /**
   * The share of the layer's units, from 0 to 1, whose derivative was small in every row of the
   * last training pass: dead or saturated ones, which pass no gradient on.
   *
   * @param small below which the derivative's absolute value counts
   * @return NaN for a layer whose units have no derivative of their own
   */
  default double silentShare(float small) {
    return Double.NaN;
  }

  /** Adds the statistics of the last training pass, as many as {@link Layer#statistics()} says. */
  default void emit(double[] statistics, int from) {}
}
