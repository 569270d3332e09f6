package sparkprop.nn;

/**
 * The rows that one partition contributes to one mini-batch, in a fixed order: the unit of
 * computation, the same wherever it is computed.
 */
public interface Slice {
  /** How many rows it has; 0 is allowed. */
  int rows();

  /**
   * Appends some of its rows to a cleared batch.
   *
   * @param from the first of them, from 0
   * @param count how many; {@code from + count <= rows()}
   */
  void fill(Batch batch, int from, int count);
}
