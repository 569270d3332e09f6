package sparkprop.data;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import sparkprop.linalg.DenseRows;

/** Features as dense rows. */
final class DenseBuffer implements FeatureBuffer {
  private final int numFeatures;
  private final @Nullable Standardization standardization;

  /** What a row without non-zeros looks like. */
  private final float[] zeros;

  private float[] values = {};
  private int rows;

  DenseBuffer(int numFeatures, @Nullable Standardization standardization) {
    this.numFeatures = numFeatures;
    this.standardization = standardization;
    this.zeros = new float[numFeatures];
    for (int j = 0; j < numFeatures; j++) {
      zeros[j] = number(j, 0);
    }
  }

  /** Adding 0 turns a -0, which a sparse vector may leave out, into 0. */
  private float number(int feature, double value) {
    return 0f + (standardization == null ? (float) value : standardization.centred(feature, value));
  }

  @Override
  public void append(Vector features) {
    int at = rows * numFeatures;
    if (values.length < at + numFeatures) {
      values = Arrays.copyOf(values, Math.max(at + numFeatures, at + at / 2));
    }
    if (features instanceof SparseVector sparse) {
      System.arraycopy(zeros, 0, values, at, numFeatures);
      int[] indices = sparse.indices();
      double[] entries = sparse.values();
      for (int k = 0; k < indices.length; k++) {
        values[at + indices[k]] = number(indices[k], entries[k]);
      }
    } else {
      double[] entries = ((DenseVector) features).values();
      for (int j = 0; j < numFeatures; j++) {
        values[at + j] = number(j, entries[j]);
      }
    }
    rows++;
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * rows * numFeatures;
  }

  @Override
  public DenseRows take() {
    DenseRows result = DenseRows.of(rows, numFeatures, Arrays.copyOf(values, rows * numFeatures));
    rows = 0;
    return result;
  }
}
