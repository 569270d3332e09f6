package sparkprop.linalg.blas;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by LAPACK's {@code dsyev} in Java: the same
 * bits on every machine. It reduces the matrix to three diagonals and finds all pairs at once, in
 * about 9 n^3 operations. ARPACK, which Spark's {@code RowMatrix} takes for wide rows, is not for
 * this: it finds a few pairs only, begins at a random vector, and gives up where values lie close
 * together.
 */
public final class SymmetricEigen {
  private SymmetricEigen() {}

  /**
   * Finds all pairs.
   *
   * @param n rows of A
   * @param a in: the upper triangle of A column by column, element (i, j) at {@code j n + i}; out:
   *     the eigenvectors, orthogonal and of length 1, one a column, in the order of the eigenvalues
   * @return the eigenvalues, ascending
   * @throws IllegalStateException if they are not found, which for finite numbers is not known to
   *     happen
   */
  public static double[] decompose(int n, double[] a) {
    JavaLAPACK lapack = Netlib.quietly("dev.ludovic.netlib.lapack.", JavaLAPACK::getInstance);
    double[] values = new double[n];
    double[] work = new double[1];
    intW info = new intW(0);
    lapack.dsyev("V", "U", n, a, n, values, work, -1, info); // asks how much work space is best
    work = new double[(int) work[0]];
    lapack.dsyev("V", "U", n, a, n, values, work, work.length, info);
    if (info.val != 0) {
      throw new IllegalStateException(
          "LAPACK found no eigenvalues of a symmetric matrix of %d rows (info %d); its diagonal begins %s."
              .formatted(n, info.val, Arrays.toString(Arrays.copyOf(a, Math.min(n, 3)))));
    }
    return values;
  }
}
