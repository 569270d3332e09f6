package sparkprop.nn;

import org.jspecify.annotations.Nullable;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.reference.Sample;

/** The reference's rows as the engine sees them. */
public record SampleSlice(Sample sample, Rows features) implements Slice {

  /** Stored row by row. */
  public static SampleSlice dense(Sample sample) {
    int cols = sample.x()[0].length;
    float[] values = new float[sample.rows() * cols];
    for (int n = 0; n < sample.rows(); n++) {
      for (int i = 0; i < cols; i++) {
        values[n * cols + i] = (float) sample.x()[n][i];
      }
    }
    return new SampleSlice(sample, DenseRows.of(sample.rows(), cols, values));
  }

  /** Stored without the zeros. */
  public static SampleSlice sparse(Sample sample) {
    return sparse(sample, null);
  }

  /**
   * Stored as {@code X + 1 c^T} without the zeros, and the shift c.
   *
   * @param shift c; x + c must be exact in single precision
   */
  public static SampleSlice sparse(Sample sample, float @Nullable [] shift) {
    int cols = sample.x()[0].length;
    SparseRows rows = new SparseRows(cols);
    rows.setShift(shift);
    for (double[] x : sample.x()) {
      int[] columns = new int[cols];
      float[] values = new float[cols];
      int found = 0;
      for (int i = 0; i < cols; i++) {
        float value = (float) (shift == null ? x[i] : x[i] + shift[i]);
        if (value != 0) {
          columns[found] = i;
          values[found++] = value;
        }
      }
      rows.append(columns, values, 0, found);
    }
    return new SampleSlice(sample, rows);
  }

  /** A slice of some of these rows, stored in the same way. */
  public SampleSlice rows(int from, int to) {
    Rows part =
        isSparse() ? new SparseRows(features.cols()) : new DenseRows(to - from, features.cols());
    for (int n = from; n < to; n++) {
      part.appendRow(features, n);
    }
    return new SampleSlice(sample.rows(from, to), part);
  }

  /** Whether a workspace for it must take sparse rows. */
  public boolean isSparse() {
    return features instanceof SparseRows;
  }

  @Override
  public int rows() {
    return sample.rows();
  }

  @Override
  public void fill(Batch batch, int from, int count) {
    for (int n = from; n < from + count; n++) {
      float[] target = new float[sample.targets()[n].length];
      for (int k = 0; k < target.length; k++) {
        target[k] = (float) sample.targets()[n][k];
      }
      batch.append(features, n, target, 0, (float) sample.weights()[n], sample.rowNumbers()[n]);
    }
  }
}
