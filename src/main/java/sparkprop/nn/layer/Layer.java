package sparkprop.nn.layer;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A layer whose input shape is known: immutable, shared by threads, sent to executors. It holds no
 * weights (they are in the network's flat array) and no activations (they are in a {@link
 * LayerPass}).
 */
public interface Layer extends Serializable {
  /**
   * The layer as a network text writes it, in canonical form: {@code dense(256)}. Without arguments
   * it is its name.
   */
  default String text() {
    return name();
  }

  /**
   * Its name in a text, without arguments: {@code dense}. With its number among its like it names
   * its parameters in saved files, {@code dense1.weight}, so it never changes.
   */
  String name();

  /** The shape of one row of its output. */
  Shape output();

  /** What it keeps in the flat array, trainable parameters and statistics alike. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * How many additive statistics it emits in training, beside its gradients: doubles that are
   * summed over slices exactly as gradients are.
   */
  default int statistics() {
    return 0;
  }

  /**
   * Whether, in training, the output of one row depends on the other rows of its slice. Then a
   * slice is shown to the layer whole; otherwise in chunks.
   */
  default boolean couplesRows() {
    return false;
  }

  /** Whether sparse input stays sparse in this layer's arithmetic; else it is spread out first. */
  default boolean takesSparse() {
    return false;
  }

  /** Whether it asks how long the sequences are: {@link RowContext#lengths}. */
  default boolean readsLengths() {
    return false;
  }

  /**
   * The initialiser that suits weights which feed this layer, as a text: an activation's. Empty
   * where the layer has no preference.
   */
  default Optional<String> initialiserBelow() {
    return Optional.empty();
  }

  /**
   * About how many floats a pass allocates for a row in training: activations, deltas, and a mask
   * or a normalised copy, unless a layer needs more.
   */
  default long workspace() {
    return 3L * output().size();
  }

  /**
   * Allocates what a task needs to run this layer.
   *
   * @param offsets where each of {@link #parameters()} begins in the flat array, in that order
   * @param capacity the largest number of rows it will be shown at once
   */
  LayerPass newPass(int[] offsets, int capacity);

  /**
   * Moves the layer's {@link ParameterKind#STATISTIC} parameters after one mini-batch, on the
   * driver.
   *
   * @param statistics the layer's additive statistics, summed over all slices of the mini-batch
   * @param from where they begin in {@code statistics}
   * @param weightSum sum of the mini-batch's row weights
   * @param rows number of rows of the mini-batch
   * @param share how far they move to those of the mini-batch, from 0 to 1
   * @param weights the flat array, changed in place
   * @param offsets as in {@link #newPass}
   */
  default void absorb(
      double[] statistics,
      int from,
      double weightSum,
      double rows,
      double share,
      float[] weights,
      int[] offsets) {}
}
