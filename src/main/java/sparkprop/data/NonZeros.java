package sparkprop.data;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * The non-zero entries of one vector, in ascending order of index, in buffers that are filled again
 * and again. Whatever reads vectors through it cannot tell a dense vector from a sparse one, which
 * is how the encoding that VectorAssembler chooses for each row stays without effect.
 */
final class NonZeros {
  private int[] indices = {};
  private double[] values = {};
  private int count;
  private int size;

  /** Takes the entries of {@code vector} that are not 0; a NaN is not 0. */
  void load(Vector vector) {
    size = vector.size();
    count = 0;
    if (vector instanceof SparseVector sparse) {
      int[] active = sparse.indices();
      double[] entries = sparse.values();
      reserve(entries.length);
      for (int k = 0; k < entries.length; k++) {
        take(active[k], entries[k]);
      }
    } else {
      double[] entries = ((DenseVector) vector).values();
      reserve(entries.length);
      for (int j = 0; j < entries.length; j++) {
        take(j, entries[j]);
      }
    }
  }

  private void take(int index, double value) {
    indices[count] = index;
    values[count] = value;
    count += value == 0 ? 0 : 1;
  }

  private void reserve(int entries) {
    // One to spare: an entry is written before it is known whether it counts.
    if (indices.length <= entries) {
      indices = new int[entries + 1];
      values = new double[entries + 1];
    }
  }

  /** Length of the vector. */
  int size() {
    return size;
  }

  /** How many entries of the two arrays count. */
  int count() {
    return count;
  }

  /** Their indices, the first {@link #count}. */
  int[] indices() {
    return indices;
  }

  /** Their values, the first {@link #count}. */
  double[] values() {
    return values;
  }
}
