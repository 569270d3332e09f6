package sparkprop.linalg;

import java.util.Objects;

/**
 * Row-major float32 rows in one array: element (i, j) stands at {@code values()[i * cols() + j]}.
 * The array is allocated once for a fixed number of rows, of which the first {@link #rows()} count.
 */
public final class DenseRows implements Rows {
  private static final long serialVersionUID = 1L;

  /** No rows of no columns: stands for "nothing yet". */
  public static final DenseRows EMPTY = new DenseRows(0, 0);

  private final int capacity;
  private final int cols;
  private final float[] values;
  private int rows;

  /**
   * An empty block.
   *
   * @param capacity the most rows it can hold
   * @param cols the width of a row
   * @throws IllegalArgumentException if a size is negative, or their product is more than an array
   *     holds
   */
  public DenseRows(int capacity, int cols) {
    this(capacity, cols, new float[size(capacity, cols)], 0);
  }

  private DenseRows(int capacity, int cols, float[] values, int rows) {
    this.capacity = capacity;
    this.cols = cols;
    this.values = values;
    this.rows = rows;
  }

  /**
   * A full block over an array that is not copied.
   *
   * @param values at least rows * cols numbers, row-major
   */
  public static DenseRows of(int rows, int cols, float[] values) {
    if (values.length < size(rows, cols)) {
      throw new IllegalArgumentException(
          rows
              + " rows of "
              + cols
              + " columns need "
              + size(rows, cols)
              + " numbers, but the array holds "
              + values.length
              + ".");
    }
    return new DenseRows(rows, cols, values, rows);
  }

  private static int size(int rows, int cols) {
    if (rows < 0 || cols < 0) {
      throw new IllegalArgumentException(
          "A block of " + rows + " rows of " + cols + " columns has a negative size.");
    }
    long size = (long) rows * cols;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          rows
              + " rows of "
              + cols
              + " columns are more numbers than one array holds; use smaller batches.");
    }
    return (int) size;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  /** The most rows this block can hold. */
  public int capacity() {
    return capacity;
  }

  /** The numbers themselves, not a copy; what stands behind the last row is garbage. */
  public float[] values() {
    return values;
  }

  /**
   * Says how many rows count from now on; their numbers are whatever the array holds.
   *
   * @throws IllegalArgumentException if negative or above the capacity
   */
  public void setRows(int rows) {
    if (rows < 0 || rows > capacity) {
      throw new IllegalArgumentException(
          "A block for at most " + capacity + " rows cannot hold " + rows + ".");
    }
    this.rows = rows;
  }

  @Override
  public void clear() {
    rows = 0;
  }

  @Override
  public void appendRow(Rows source, int row) {
    if (!(source instanceof DenseRows from)) {
      throw new IllegalArgumentException("A sparse row cannot be appended to dense rows.");
    }
    if (from.cols != cols) {
      throw new IllegalArgumentException(
          "A row of " + from.cols + " columns cannot be appended to rows of " + cols + ".");
    }
    Objects.checkIndex(row, from.rows);
    int to = rows;
    setRows(to + 1);
    System.arraycopy(from.values, row * cols, values, to * cols, cols);
  }

  @Override
  public DenseRows dense() {
    return this;
  }
}
