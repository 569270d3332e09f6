package sparkprop.linalg;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compressed sparse float32 rows S, and optionally a constant row c that is subtracted from each:
 * the block stands for X = S - 1 c^T. So features can be centred without becoming dense.
 *
 * <p>Row i of S has {@code values()[k]} in column {@code columns()[k]} for k from {@code
 * starts()[i]} to {@code starts()[i + 1]} (exclusive). Columns of a row ascend. The arrays grow as
 * rows are appended; get them again after that.
 */
public final class SparseRows implements Rows {
  private static final long serialVersionUID = 1L;

  private final int cols;
  private int rows;
  private int[] starts;
  private int[] columns;
  private float[] values;
  private float @Nullable [] shift;
  private transient @Nullable DenseRows dense;

  /** An empty block of rows of this width, without a shift. */
  public SparseRows(int cols) {
    this(0, cols, new int[1], new int[0], new float[0], null);
  }

  private SparseRows(
      int rows, int cols, int[] starts, int[] columns, float[] values, float @Nullable [] shift) {
    if (cols < 0) {
      throw new IllegalArgumentException("Rows cannot have " + cols + " columns.");
    }
    this.rows = rows;
    this.cols = cols;
    this.starts = starts;
    this.columns = columns;
    this.values = values;
    setShift(shift);
  }

  /**
   * A block over arrays that are not copied.
   *
   * @param starts where each row begins, and where the last ends: rows + 1 ascending numbers from 0
   * @param shift the constant row c (cols numbers) subtracted from each row, or null
   */
  public static SparseRows of(
      int cols, int[] starts, int[] columns, float[] values, float @Nullable [] shift) {
    int rows = starts.length - 1;
    if (rows < 0
        || starts[0] != 0
        || starts[rows] > columns.length
        || starts[rows] > values.length) {
      throw new IllegalArgumentException(
          "The starts of sparse rows run from 0 to at most the number of values, "
              + values.length
              + ", but these are "
              + Arrays.toString(Arrays.copyOf(starts, Math.min(8, starts.length)))
              + (starts.length > 8 ? " and so on." : "."));
    }
    return new SparseRows(rows, cols, starts, columns, values, shift);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  /** Where each row begins: at least rows + 1 numbers, the first of which is 0. */
  public int[] starts() {
    return starts;
  }

  /** The column of each stored number. */
  public int[] columns() {
    return columns;
  }

  /** The stored numbers. */
  public float[] values() {
    return values;
  }

  /** How many numbers are stored. */
  public int size() {
    return starts[rows];
  }

  /** The constant row subtracted from each row, or null. */
  public float @Nullable [] shift() {
    return shift;
  }

  /**
   * Subtracts this row from every row, those still to come included, in place of an earlier shift.
   *
   * @param shift cols numbers, not copied, or null
   */
  public void setShift(float @Nullable [] shift) {
    if (shift != null && shift.length != cols) {
      throw new IllegalArgumentException(
          "A shift of " + shift.length + " columns does not fit rows of " + cols + ".");
    }
    this.shift = shift;
  }

  /** Forgets all rows and the shift, and keeps the memory. */
  @Override
  public void clear() {
    rows = 0;
    shift = null;
  }

  /**
   * Appends a row of S.
   *
   * @param indices ascending columns, of which those from {@code from} to {@code to} (exclusive)
   *     count
   * @param numbers what stands in them
   * @throws IllegalArgumentException if the columns do not ascend, or do not fit
   */
  public void append(int[] indices, float[] numbers, int from, int to) {
    Objects.checkFromToIndex(from, to, Math.min(indices.length, numbers.length));
    if (from < to && (indices[from] < 0 || indices[to - 1] >= cols)) {
      throw new IllegalArgumentException(
          "A row with columns "
              + indices[from]
              + " to "
              + indices[to - 1]
              + " does not fit rows of "
              + cols
              + ".");
    }
    for (int k = from + 1; k < to; k++) {
      if (indices[k] <= indices[k - 1]) {
        throw new IllegalArgumentException(
            "The columns of a sparse row must ascend, but "
                + indices[k]
                + " follows "
                + indices[k - 1]
                + ".");
      }
    }
    copy(indices, numbers, from, to);
  }

  private void copy(int[] indices, float[] numbers, int from, int to) {
    int start = starts[rows];
    int end = Math.addExact(start, to - from);
    reserve(rows + 1, end);
    System.arraycopy(indices, from, columns, start, to - from);
    System.arraycopy(numbers, from, values, start, to - from);
    starts[++rows] = end;
  }

  /**
   * {@inheritDoc} An empty block takes the source's shift with its first row.
   *
   * @throws IllegalArgumentException also if the shifts differ
   */
  @Override
  public void appendRow(Rows source, int row) {
    if (!(source instanceof SparseRows from)) {
      throw new IllegalArgumentException("A dense row cannot be appended to sparse rows.");
    }
    if (from.cols != cols) {
      throw new IllegalArgumentException(
          "A row of " + from.cols + " columns cannot be appended to rows of " + cols + ".");
    }
    Objects.checkIndex(row, from.rows);
    if (rows == 0) {
      shift = from.shift;
    } else if (shift != from.shift && !Arrays.equals(shift, from.shift)) {
      throw new IllegalArgumentException(
          "A row with another shift cannot be appended to sparse rows.");
    }
    copy(from.columns, from.values, from.starts[row], from.starts[row + 1]);
  }

  private void reserve(int rowCount, int size) {
    if (starts.length <= rowCount) {
      starts = Arrays.copyOf(starts, grown(starts.length, rowCount + 1));
    }
    if (columns.length < size) {
      columns = Arrays.copyOf(columns, grown(columns.length, size));
    }
    if (values.length < size) {
      values = Arrays.copyOf(values, grown(values.length, size));
    }
  }

  private static int grown(int length, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, length + (length >> 1) + 16L));
  }

  @Override
  public DenseRows dense() {
    DenseRows spread = dense;
    if (spread == null || spread.capacity() < rows) {
      spread = new DenseRows(rows, cols);
      dense = spread;
    }
    spread.setRows(rows);
    float[] to = spread.values();
    for (int i = 0; i < rows; i++) {
      int at = i * cols;
      Arrays.fill(to, at, at + cols, 0f);
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        to[at + columns[k]] = values[k];
      }
    }
    if (shift != null) {
      for (int i = 0; i < rows; i++) {
        VectorMath.axpy(-1f, shift, 0, to, i * cols, cols);
      }
    }
    return spread;
  }
}
