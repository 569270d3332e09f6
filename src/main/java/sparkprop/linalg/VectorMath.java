package sparkprop.linalg;

/**
 * Additions, scalings and sums over ranges of float arrays. A range is an array, an offset and a
 * length; ranges of one call do not overlap unless they are the same. The order of additions
 * follows from the lengths alone.
 */
public final class VectorMath {
  private VectorMath() {}

  /** y += alpha x over n numbers. */
  public static void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  /** x *= alpha over n numbers. */
  public static void scale(float alpha, float[] x, int offset, int n) {
    for (int i = offset; i < offset + n; i++) {
      x[i] *= alpha;
    }
  }

  /** The sum of n numbers, added in double precision in four interleaved parts. */
  public static double sum(float[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += x[offset + i];
      s1 += x[offset + i + 1];
      s2 += x[offset + i + 2];
      s3 += x[offset + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[offset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The sum of the squares of n numbers, exact squares added as {@link #sum} adds. */
  public static double squaredNorm(float[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += (double) x[offset + i] * x[offset + i];
      s1 += (double) x[offset + i + 1] * x[offset + i + 1];
      s2 += (double) x[offset + i + 2] * x[offset + i + 2];
      s3 += (double) x[offset + i + 3] * x[offset + i + 3];
    }
    for (; i < n; i++) {
      s0 += (double) x[offset + i] * x[offset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * Adds each column's sum over the rows to n sums.
   *
   * @param d a row-major block, (rows x cols), from its first element
   * @param sums where cols sums stand from {@code sumsOffset} on; they are added to
   */
  public static void addColumnSums(float[] d, int rows, int cols, float[] sums, int sumsOffset) {
    int i = 0;
    for (; i + 3 < rows; i += 4) {
      int r0 = i * cols;
      int r1 = r0 + cols;
      int r2 = r1 + cols;
      int r3 = r2 + cols;
      for (int j = 0; j < cols; j++) {
        sums[sumsOffset + j] += (d[r0 + j] + d[r1 + j]) + (d[r2 + j] + d[r3 + j]);
      }
    }
    for (; i < rows; i++) {
      axpy(1f, d, i * cols, sums, sumsOffset, cols);
    }
  }

  /**
   * Adds one vector to every row.
   *
   * @param v cols numbers from {@code vOffset} on
   * @param z a row-major block, (rows x cols), from its first element; added to
   */
  public static void addRowVector(float[] v, int vOffset, float[] z, int rows, int cols) {
    for (int i = 0; i < rows; i++) {
      axpy(1f, v, vOffset, z, i * cols, cols);
    }
  }
}
