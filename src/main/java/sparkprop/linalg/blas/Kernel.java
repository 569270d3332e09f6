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

  /**
   * Which code of the provider's runs on this machine. Two machines with the same description
   * compute the same bits.
   */
  String description();
}
