package sparkprop.linalg;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random input for the tests of this package. */
final class Samples {
  private Samples() {}

  /** n numbers of [-1, 1). */
  static float[] uniform(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (2 * random.nextDouble() - 1);
    }
    return x;
  }

  /** Rows of which about a third of the numbers are stored, some rows empty. */
  static SparseRows sparse(long seed, int rows, int cols, float @Nullable [] shift) {
    SplittableRandom random = new SplittableRandom(seed);
    SparseRows x = new SparseRows(cols);
    x.setShift(shift);
    for (int i = 0; i < rows; i++) {
      int[] columns = random.ints(0, 3).limit(cols).toArray();
      int n = 0;
      for (int j = 0; j < cols; j++) {
        if (columns[j] == 0 && i % 5 != 3) {
          columns[n++] = j;
        }
      }
      x.append(columns, uniform(seed + i, cols), 0, n);
    }
    return x;
  }
}
