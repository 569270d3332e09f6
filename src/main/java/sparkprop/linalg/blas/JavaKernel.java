package sparkprop.linalg.blas;

import java.util.Arrays;

/**
 * Matrix products in plain Java, with the same bits on every machine.
 *
 * <p>C is built row by row as sums of multiples of B's rows, taken four at a time. Both are worked
 * on in copies that begin at 0: all loops share one index, and only such loops become vector
 * instructions (JDK 17). B is copied in panels that stay in the processor's cache.
 */
final class JavaKernel implements Kernel {
  private static final int DEPTH = 128;
  private static final int WIDTH = 512;

  @Override
  public String description() {
    return "plain Java";
  }

  @Override
  public void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc) {
    Blas.scale(beta, c, cOffset, ldc, m, n);
    // Rows of op(B), and rows of zeros up to a multiple of four.
    float[][] panel = new float[(Math.min(k, DEPTH) + 3) / 4 * 4][Math.min(n, WIDTH)];
    float[] factors = new float[panel.length];
    float[] sum = new float[Math.min(n, WIDTH)];
    for (int j = 0; j < n; j += WIDTH) {
      int width = Math.min(WIDTH, n - j);
      for (int l = 0; l < k; l += DEPTH) {
        int depth = Math.min(DEPTH, k - l);
        copyPanel(transB, b, bOffset, ldb, l, depth, j, width, panel);
        for (int i = 0; i < m; i++) {
          int from = aOffset + (transA ? l * lda + i : i * lda + l);
          copyFactors(alpha, a, from, transA ? lda : 1, depth, factors);
          int row = cOffset + i * ldc + j;
          System.arraycopy(c, row, sum, 0, width);
          for (int q = 0; q < depth; q += 4) {
            add(sum, width, factors, panel, q);
          }
          System.arraycopy(sum, 0, c, row, width);
        }
      }
    }
  }

  private static void copyPanel(
      boolean trans,
      float[] b,
      int offset,
      int ldb,
      int l,
      int depth,
      int j,
      int width,
      float[][] panel) {
    for (int q = 0; q < depth; q++) {
      if (trans) {
        for (int r = 0; r < width; r++) {
          panel[q][r] = b[offset + (j + r) * ldb + l + q];
        }
      } else {
        System.arraycopy(b, offset + (l + q) * ldb + j, panel[q], 0, width);
      }
    }
    for (int q = depth; q < (depth + 3) / 4 * 4; q++) {
      Arrays.fill(panel[q], 0f);
    }
  }

  private static void copyFactors(
      float alpha, float[] a, int from, int step, int depth, float[] factors) {
    for (int q = 0; q < depth; q++) {
      factors[q] = alpha * a[from + q * step];
    }
    Arrays.fill(factors, depth, factors.length, 0f);
  }

  private static void add(float[] sum, int n, float[] factors, float[][] panel, int q) {
    float f0 = factors[q];
    float f1 = factors[q + 1];
    float f2 = factors[q + 2];
    float f3 = factors[q + 3];
    float[] b0 = panel[q];
    float[] b1 = panel[q + 1];
    float[] b2 = panel[q + 2];
    float[] b3 = panel[q + 3];
    for (int j = 0; j < n; j++) {
      sum[j] += (f0 * b0[j] + f1 * b1[j]) + (f2 * b2[j] + f3 * b3[j]);
    }
  }
}
