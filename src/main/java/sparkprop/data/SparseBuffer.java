package sparkprop.data;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;

/** Features as compressed sparse rows, which hold non-zeros only whatever the vectors hold. */
final class SparseBuffer implements FeatureBuffer {
  private final @Nullable Standardization standardization;
  private final SparseRows rows;
  private final NonZeros nonZeros = new NonZeros();
  private float[] numbers = {};

  SparseBuffer(int numFeatures, @Nullable Standardization standardization) {
    this.standardization = standardization;
    this.rows = new SparseRows(numFeatures);
  }

  @Override
  public void append(Vector features) {
    nonZeros.load(features);
    int count = nonZeros.count();
    int[] indices = nonZeros.indices();
    double[] values = nonZeros.values();
    if (numbers.length < count) {
      numbers = new float[count];
    }
    int kept = 0;
    for (int k = 0; k < count; k++) {
      float number =
          standardization == null
              ? (float) values[k]
              : standardization.scaled(indices[k], values[k]);
      if (number != 0) { // else a feature of deviation 0, or a number too small for float32
        indices[kept] = indices[k];
        numbers[kept++] = number;
      }
    }
    rows.append(indices, numbers, 0, kept);
  }

  @Override
  public long bytes() {
    return (long) (Float.BYTES + Integer.BYTES) * rows.size() + (long) Integer.BYTES * rows.rows();
  }

  @Override
  public Rows take() {
    SparseRows result =
        SparseRows.of(
            rows.cols(),
            Arrays.copyOf(rows.starts(), rows.rows() + 1),
            Arrays.copyOf(rows.columns(), rows.size()),
            Arrays.copyOf(rows.values(), rows.size()),
            standardization == null ? null : standardization.shift());
    rows.clear();
    return result;
  }
}
