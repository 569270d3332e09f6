package sparkprop.nn.init;

/**
 * How a weight matrix is drawn before training. The same key draws the same numbers, whatever else
 * the network holds.
 */
public interface Initialiser {
  /** The canonical text: {@code heUniform}, {@code uniform(0.05)}. */
  String text();

  /**
   * Fills one weight.
   *
   * @param weights the network's flat array
   * @param offset where the weight begins
   * @param size how many elements it has
   * @param fanIn how many values each unit sums
   * @param fanOut how many units each value feeds
   * @param key random bits of this weight's own
   */
  void fill(float[] weights, int offset, int size, int fanIn, int fanOut, long key);
}
