package sparkprop.data;

import java.io.Serializable;
import sparkprop.linalg.Rows;

/**
 * Some rows of one partition, ready to train on: float32, in order of row number. A block is not
 * changed once it is built.
 */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Rows features;
  private final float[] targets;
  private final float[] weights;
  private final long[] rowNumbers;

  /**
   * A block over arrays that are not copied.
   *
   * @param features rows x features
   * @param targets rows x target width, row-major
   * @param weights one a row, above 0
   * @param rowNumbers one a row
   */
  public Block(Rows features, float[] targets, float[] weights, long[] rowNumbers) {
    int rows = features.rows();
    if (weights.length != rows
        || rowNumbers.length != rows
        || (rows > 0 && targets.length % rows != 0)) {
      throw new IllegalArgumentException(
          "A block of %d rows cannot have %d targets, %d weights and %d row numbers."
              .formatted(rows, targets.length, weights.length, rowNumbers.length));
    }
    this.features = features;
    this.targets = targets;
    this.weights = weights;
    this.rowNumbers = rowNumbers;
  }

  /** How many rows it holds. */
  public int rows() {
    return weights.length;
  }

  /** The features, rows x features. */
  public Rows features() {
    return features;
  }

  /** Numbers in a row's target: 1 for a class index or a single label. */
  public int targetWidth() {
    return rows() == 0 ? 0 : targets.length / rows();
  }

  /** The targets, rows x target width, row-major. */
  public float[] targets() {
    return targets;
  }

  /** The rows' weights. */
  public float[] weights() {
    return weights;
  }

  /** The rows' numbers among the training (or the validation) rows of the whole input. */
  public long[] rowNumbers() {
    return rowNumbers;
  }
}
