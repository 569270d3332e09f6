package sparkprop.linalg.blas;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Products of row-major float32 matrices. A matrix is an array, the offset of its first element,
 * and the distance between the beginnings of its rows (its leading dimension).
 *
 * <p>One provider does all products of a JVM; {@link #provider} and {@link #kernel} name it. The
 * system property {@value #PROPERTY} forces one of mkl, openblas, vector and java. A product uses
 * no thread but the caller's, and any number of threads may call.
 */
public final class Blas {
  /** The system property that names the provider to use, whatever else could be loaded. */
  public static final String PROPERTY = "sparkprop.blas";

  private final Provider provider;
  final Kernel kernel;

  Blas(Provider provider, Kernel kernel) {
    this.provider = provider;
    this.kernel = kernel;
  }

  /**
   * Holds the choice, or the reason why there is none: a class initialiser that throws loses it.
   */
  private static final class Choice {
    static final Supplier<Blas> MADE = make();

    private static Supplier<Blas> make() {
      try {
        Blas blas = Provider.choose(System.getProperty(PROPERTY));
        return () -> blas;
      } catch (IllegalStateException e) {
        return () -> {
          throw new IllegalStateException(e.getMessage(), e);
        };
      }
    }
  }

  /**
   * The provider of this JVM, chosen at the first call.
   *
   * @throws IllegalStateException if the system property {@value #PROPERTY} names a provider that
   *     is unknown or cannot be loaded
   */
  public static Blas instance() {
    return Choice.MADE.get();
  }

  /** The provider's name: mkl, openblas, vector or java. */
  public String provider() {
    return provider.toString();
  }

  /**
   * Which of the provider's kernels this machine runs; with it and the provider's name, results are
   * bitwise reproducible.
   */
  public String kernel() {
    return kernel.description();
  }

  /**
   * C = alpha op(A) op(B) + beta C, where op transposes or not. What C held is not read if beta is
   * 0.
   *
   * @param transA whether op(A) is A's transpose
   * @param transB whether op(B) is B's transpose
   * @param m rows of op(A) and of C
   * @param n columns of op(B) and of C
   * @param k columns of op(A), rows of op(B)
   * @param a A: (m x k), or (k x m) if transposed
   * @param lda at least the columns of A as it is stored
   * @param b B: (k x n), or (n x k) if transposed
   * @param ldb at least the columns of B as it is stored
   * @param c C: (m x n); overlaps neither A nor B
   * @param ldc at least n
   * @throws IllegalArgumentException if a size is negative or a leading dimension too small
   * @throws IndexOutOfBoundsException if a matrix reaches beyond its array
   */
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
    check("A", transA ? k : m, transA ? m : k, a.length, aOffset, lda);
    check("B", transB ? n : k, transB ? k : n, b.length, bOffset, ldb);
    check("C", m, n, c.length, cOffset, ldc);
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0 || alpha == 0) {
      scale(beta, c, cOffset, ldc, m, n);
    } else {
      kernel.gemm(
          transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc);
    }
  }

  /**
   * Adds the sum of the products of some rows with themselves, in double precision: C += R^T R.
   *
   * @param n numbers of a row, rows and columns of C
   * @param k how many rows
   * @param rows R: (k x n)
   * @param c C: (n x n), of which the upper triangle is changed, column by column: element (i, j),
   *     i at most j, stands at {@code j n + i}
   * @throws IllegalArgumentException if a size is negative
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void addGram(int n, int k, double[] rows, double[] c) {
    check("R", k, n, rows.length, 0, n);
    check("C", n, n, c.length, 0, n);
    if (n > 0 && k > 0) {
      kernel.addGram(n, k, rows, c);
    }
  }

  private static void check(String name, int rows, int cols, int length, int offset, int ld) {
    if (rows < 0 || cols < 0) {
      throw new IllegalArgumentException(
          "Matrix " + name + " cannot be " + rows + " x " + cols + ".");
    }
    if (ld < cols) {
      throw new IllegalArgumentException(
          "Matrix "
              + name
              + " has "
              + cols
              + " columns, so its leading dimension cannot be "
              + ld
              + ".");
    }
    if (offset < 0 || (rows > 0 && cols > 0 && offset + (rows - 1L) * ld + cols > length)) {
      throw new IndexOutOfBoundsException(
          "Matrix "
              + name
              + ", "
              + rows
              + " x "
              + cols
              + " from offset "
              + offset
              + " with leading dimension "
              + ld
              + ", reaches beyond its array of "
              + length
              + " numbers.");
    }
  }

  /** C = beta C. */
  static void scale(float beta, float[] c, int offset, int ldc, int m, int n) {
    for (int i = 0; i < m; i++) {
      int row = offset + i * ldc;
      if (beta == 0) {
        Arrays.fill(c, row, row + n, 0f);
      } else if (beta != 1) {
        for (int j = row; j < row + n; j++) {
          c[j] *= beta;
        }
      }
    }
  }

  /** Provider and kernel, as in {@code openblas (SKYLAKEX)}. */
  @Override
  public String toString() {
    return provider() + " (" + kernel() + ")";
  }
}
