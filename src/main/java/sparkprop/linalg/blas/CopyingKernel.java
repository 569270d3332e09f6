package sparkprop.linalg.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS through JavaCPP, for systems where netlib has no JNI code: matrices are copied to memory
 * outside the heap and back, which costs a tenth of a large product and half of a small one.
 */
final class CopyingKernel implements Kernel {
  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);
  private final String description;

  CopyingKernel(String description) {
    this.description = description;
  }

  /** One thread's memory outside the heap. */
  private static final class Buffers {
    FloatPointer a = new FloatPointer(0);
    FloatPointer b = new FloatPointer(0);
    FloatPointer c = new FloatPointer(0);

    static FloatPointer grown(FloatPointer buffer, long size) {
      if (buffer.capacity() >= size) {
        return buffer;
      }
      buffer.close();
      return new FloatPointer(size);
    }
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
    int aSize = (transA ? k - 1 : m - 1) * lda + (transA ? m : k);
    int bSize = (transB ? n - 1 : k - 1) * ldb + (transB ? k : n);
    int cSize = (m - 1) * ldc + n;
    Buffers own = buffers.get();
    own.a = Buffers.grown(own.a, aSize).put(a, aOffset, aSize);
    own.b = Buffers.grown(own.b, bSize).put(b, bOffset, bSize);
    // Numbers between C's rows come back as they went, so C is copied also where beta is 0.
    own.c = Buffers.grown(own.c, cSize).put(c, cOffset, cSize);
    if (m == 1) {
      // As NetlibKernel does, for the same bits.
      openblas_nolapack.cblas_sgemv(
          CblasRowMajor,
          transB ? CblasNoTrans : CblasTrans,
          transB ? n : k,
          transB ? k : n,
          alpha,
          own.b,
          ldb,
          own.a,
          transA ? lda : 1,
          beta,
          own.c,
          1);
    } else {
      openblas_nolapack.cblas_sgemm(
          CblasRowMajor,
          transA ? CblasTrans : CblasNoTrans,
          transB ? CblasTrans : CblasNoTrans,
          m,
          n,
          k,
          alpha,
          own.a,
          lda,
          own.b,
          ldb,
          beta,
          own.c,
          ldc);
    }
    own.c.get(c, cOffset, cSize);
  }
}
