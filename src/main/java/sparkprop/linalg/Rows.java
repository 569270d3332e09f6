package sparkprop.linalg;

import java.io.Serializable;

/**
 * A block of rows of equal width, (rows x cols) float32, that can be refilled: a mini-batch, a
 * layer's activations, a partition's data. Not thread-safe.
 */
public sealed interface Rows extends Serializable permits DenseRows, SparseRows {

  /** The number of rows now held. */
  int rows();

  /** The width of every row. */
  int cols();

  /** Forgets all rows and keeps the memory. */
  void clear();

  /**
   * Appends a copy of one row of another block.
   *
   * @param source a block of the same kind and width
   * @param row its row, from 0
   * @throws IllegalArgumentException if the kind or the width differs
   * @throws IndexOutOfBoundsException if {@code source} has no such row
   */
  void appendRow(Rows source, int row);

  /**
   * The same numbers as a dense block: this block itself if it is dense, else a copy held by this
   * block, valid until this block changes.
   */
  DenseRows dense();
}
