package sparkprop.linalg.blas;

/** One way to multiply matrices. Implementations may be called from many threads at once. */
interface Kernel {

  /**
   * As {@link Blas#gemm}, for arguments already checked, m, n and k at least 1, and alpha not 0.
   */
  void gemm(
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
      int ldc);

  /** As {@link Blas#addGram}, for arguments already checked. In plain Java where not overridden. */
  default void addGram(int n, int k, double[] rows, double[] c) {
    double[] sum = new double[n];
    double[] row = new double[n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(c, j * n, sum, 0, j + 1);
      for (int r = 0; r < k; r++) {
        // Copies begin at 0: all arrays of a loop share one index, so that it is vectorised.
        System.arraycopy(rows, r * n, row, 0, j + 1);
        double factor = row[j];
        for (int i = 0; i <= j; i++) {
          sum[i] += factor * row[i];
        }
      }
      System.arraycopy(sum, 0, c, j * n, j + 1);
    }
  }

  /**
   * Which code of the provider's runs on this machine. Two machines with the same description
   * compute the same bits.
   */
  String description();
}
