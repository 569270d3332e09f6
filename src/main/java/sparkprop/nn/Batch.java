package sparkprop.nn;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;

/**
 * Rows gathered for one trip through the network: features, targets, weights and row numbers side
 * by side in buffers that are filled again and again.
 */
public final class Batch {
  private final Rows features;
  private final int targetWidth;
  private final float[] targets;
  private final float[] weights;
  private final long[] rowNumbers;
  private int rows;

  /**
   * Allocates the buffers.
   *
   * @param cols number of features
   * @param targetWidth floats a row's target takes
   * @param capacity the most rows it ever holds
   * @param sparse whether features come as {@link SparseRows}
   */
  public Batch(int cols, int targetWidth, int capacity, boolean sparse) {
    this.features = sparse ? new SparseRows(cols) : new DenseRows(capacity, cols);
    this.targetWidth = targetWidth;
    this.targets = new float[Math.multiplyExact(capacity, targetWidth)];
    this.weights = new float[capacity];
    this.rowNumbers = new long[capacity];
  }

  /** Forgets all rows. */
  public void clear() {
    features.clear();
    rows = 0;
  }

  /**
   * Copies one row in.
   *
   * @param source where its features stand, of the kind (dense or sparse) this batch was made for
   * @param row its index in {@code source}
   * @param target where its target stands
   * @param targetOffset index of the target's first float
   * @param weight its weight, above 0
   * @param rowNumber its number among the training rows of the whole input
   */
  public void append(
      Rows source, int row, float[] target, int targetOffset, float weight, long rowNumber) {
    features.appendRow(source, row);
    System.arraycopy(target, targetOffset, targets, rows * targetWidth, targetWidth);
    weights[rows] = weight;
    rowNumbers[rows] = rowNumber;
    rows++;
  }

  /** The features, rows x features. */
  public Rows features() {
    return features;
  }

  /** The targets, rows x targetWidth, row-major. */
  public float[] targets() {
    return targets;
  }

  /** The rows' weights. */
  public float[] weights() {
    return weights;
  }

  /** The rows' numbers in the whole input. */
  public long[] rowNumbers() {
    return rowNumbers;
  }

  /** How many rows it holds now. */
  public int rows() {
    return rows;
  }
}
