package sparkprop.linalg.blas;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import org.netlib.util.intW;

/**
 * Solves equations with a symmetric positive definite matrix, by LAPACK's Cholesky factorisation in
 * Java: the same bits on every machine. A third of n^3 multiplications.
 */
public final class PositiveDefinite {
  private PositiveDefinite() {}

  /**
   * Solves {@code A x = b}.
   *
   * @param n rows of A
   * @param a the upper triangle of A column by column, element (i, j) at {@code j n + i}; used up
   * @param b in: b; out: x
   * @return false if A is not positive definite; b holds no meaning then
   */
  public static boolean solve(int n, double[] a, double[] b) {
    JavaLAPACK lapack = Netlib.quietly("dev.ludovic.netlib.lapack.", JavaLAPACK::getInstance);
    intW info = new intW(0);
    lapack.dposv("U", n, 1, a, n, b, n, info);
    return info.val == 0;
  }
}
