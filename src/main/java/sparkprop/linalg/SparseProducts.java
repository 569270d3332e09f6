package sparkprop.linalg;

/**
 * Products of {@link SparseRows} with dense matrices, for the lowest layer. They cost the stored
 * numbers only; a shift costs as much as one more dense row.
 *
 * <p>Rows of W are copied before they are multiplied: the copies begin at 0, all loops share one
 * index, and only such loops become vector instructions (JDK 17).
 */
public final class SparseProducts {
  private SparseProducts() {}

  /**
   * Z += X W, with X = S - 1 c^T.
   *
   * @param x (rows x in)
   * @param w where W (in x out, row-major) stands from {@code wOffset} on
   * @param z (rows x out), row-major from its first element
   */
  public static void addProduct(SparseRows x, float[] w, int wOffset, int out, float[] z) {
    int[] starts = x.starts();
    Combination sum = new Combination(w, wOffset, out);
    for (int i = 0; i < x.rows(); i++) {
      sum.start(z, i * out);
      sum.add(x.columns(), x.values(), starts[i], starts[i + 1]);
      sum.store(z, i * out);
    }
    float[] shift = x.shift();
    if (shift != null && x.rows() > 0) {
      float[] cw = new float[out]; // c^T W, the same for every row
      for (int j = 0; j < x.cols(); j++) {
        VectorMath.axpy(shift[j], w, wOffset + j * out, cw, 0, out);
      }
      VectorMath.scale(-1f, cw, 0, out);
      VectorMath.addRowVector(cw, 0, z, x.rows(), out);
    }
  }

  /**
   * dW += X^T D, with X = S - 1 c^T, so dW += S^T D - c (1^T D).
   *
   * @param x (rows x in)
   * @param d (rows x out), row-major from its first element
   * @param dw where dW (in x out, row-major) stands from {@code dwOffset} on
   */
  public static void addTransposedProduct(
      SparseRows x, float[] d, int out, float[] dw, int dwOffset) {
    int[] starts = x.starts();
    int[] columns = x.columns();
    float[] values = x.values();
    float[] delta = new float[out];
    float[] sum = new float[out];
    for (int i = 0; i < x.rows(); i++) {
      System.arraycopy(d, i * out, delta, 0, out);
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        float value = values[k];
        int row = dwOffset + columns[k] * out;
        System.arraycopy(dw, row, sum, 0, out);
        for (int j = 0; j < out; j++) {
          sum[j] += value * delta[j];
        }
        System.arraycopy(sum, 0, dw, row, out);
      }
    }
    float[] shift = x.shift();
    if (shift != null && x.rows() > 0) {
      float[] sums = new float[out]; // 1^T D
      VectorMath.addColumnSums(d, x.rows(), out, sums, 0);
      for (int j = 0; j < x.cols(); j++) {
        VectorMath.axpy(-shift[j], sums, 0, dw, dwOffset + j * out, out);
      }
    }
  }

  /** A sum of multiples of rows of W, taken four at a time. */
  private static final class Combination {
    private final float[] w;
    private final int offset;
    private final int out;
    private final float[] sum;
    private final float[] w0;
    private final float[] w1;
    private final float[] w2;
    private final float[] w3;

    Combination(float[] w, int offset, int out) {
      this.w = w;
      this.offset = offset;
      this.out = out;
      sum = new float[out];
      w0 = new float[out];
      w1 = new float[out];
      w2 = new float[out];
      w3 = new float[out];
    }

    void start(float[] z, int at) {
      System.arraycopy(z, at, sum, 0, out);
    }

    void store(float[] z, int at) {
      System.arraycopy(sum, 0, z, at, out);
    }

    void add(int[] columns, float[] values, int from, int to) {
      int k = from;
      for (; k + 3 < to; k += 4) {
        load(columns[k], w0);
        load(columns[k + 1], w1);
        load(columns[k + 2], w2);
        load(columns[k + 3], w3);
        addFour(sum, values[k], w0, values[k + 1], w1, values[k + 2], w2, values[k + 3], w3, out);
      }
      for (; k < to; k++) {
        load(columns[k], w0);
        float v0 = values[k];
        for (int j = 0; j < out; j++) {
          sum[j] += v0 * w0[j];
        }
      }
    }

    private void load(int row, float[] copy) {
      System.arraycopy(w, offset + row * out, copy, 0, out);
    }

    private static void addFour(
        float[] sum,
        float v0,
        float[] w0,
        float v1,
        float[] w1,
        float v2,
        float[] w2,
        float v3,
        float[] w3,
        int n) {
      for (int j = 0; j < n; j++) {
        sum[j] += (v0 * w0[j] + v1 * w1[j]) + (v2 * w2[j] + v3 * w3[j]);
      }
    }
  }
}
