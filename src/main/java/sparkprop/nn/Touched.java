package sparkprop.nn;

import java.util.BitSet;
import sparkprop.linalg.SparseRows;

/**
 * Which columns of sparse input have occurred. The first layer's weights stand column by column at
 * the beginning of the flat array, so that a gradient is 0 there but for these columns' stretches.
 */
public final class Touched {
  private final BitSet columns = new BitSet();
  private final int inputs;
  private final int width;

  /**
   * No column yet.
   *
   * @param inputs how many columns there are
   * @param width weights of a column
   */
  Touched(int inputs, int width) {
    this.inputs = inputs;
    this.width = width;
  }

  /** Adds the columns of some rows. */
  void add(SparseRows rows) {
    int[] occurring = rows.columns();
    for (int k = 0; k < rows.size(); k++) {
      columns.set(occurring[k]);
    }
  }

  /** Adds the columns of another sum. */
  void add(Touched other) {
    columns.or(other.columns);
  }

  /** Adds a column. */
  void add(int column) {
    columns.set(column);
  }

  /** Forgets all. */
  void clear() {
    columns.clear();
  }

  /** The columns that have occurred, ascending. */
  int[] columns() {
    return columns.stream().toArray();
  }

  /** Weights of a column. */
  int width() {
    return width;
  }

  /** Where the weights begin that are no column's. */
  int rest() {
    return inputs * width;
  }

  /**
   * Where a gradient may differ from 0: ascending pairs of a first element and one past the last.
   *
   * @param trainable elements of a gradient
   */
  public int[] stretches(int trainable) {
    int[] bounds = new int[2 * columns.cardinality() + 2];
    int count = 0;
    for (int from = columns.nextSetBit(0); from >= 0; from = columns.nextSetBit(from)) {
      int to = columns.nextClearBit(from);
      bounds[count++] = from * width;
      bounds[count++] = to * width;
      from = to;
    }
    bounds[count++] = rest();
    bounds[count++] = trainable;
    return java.util.Arrays.copyOf(bounds, count);
  }
}
