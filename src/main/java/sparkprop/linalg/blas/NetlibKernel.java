package sparkprop.linalg.blas;

import dev.ludovic.netlib.blas.BLAS;

/**
 * Products by a BLAS that netlib's interface reaches. It counts matrices column by column, and a
 * row-major matrix is the transpose of a column-major one over the same array: C = A B becomes C^T
 * = B^T A^T.
 */
final class NetlibKernel implements Kernel {
  private final BLAS blas;
  private final String description;

  NetlibKernel(BLAS blas, String description) {
    this.blas = blas;
    this.description = description;
  }

  @Override
  public String description() {
    return description;
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
    if (m == 1) {
      // One row, as when one sample is scored: c = alpha op(B)^T a + beta c
      blas.sgemv(
          transB ? "T" : "N",
          transB ? k : n,
          transB ? n : k,
          alpha,
          b,
          bOffset,
          ldb,
          a,
          aOffset,
          transA ? lda : 1,
          beta,
          c,
          cOffset,
          1);
    } else {
      blas.sgemm(
          transB ? "T" : "N",
          transA ? "T" : "N",
          n,
          m,
          k,
          alpha,
          b,
          bOffset,
          ldb,
          a,
          aOffset,
          lda,
          beta,
          c,
          cOffset,
          ldc);
    }
  }

  @Override
  public void addGram(int n, int k, double[] rows, double[] c) {
    blas.dsyrk("U", "N", n, k, 1, rows, n, 1, c, n);
  }
}
