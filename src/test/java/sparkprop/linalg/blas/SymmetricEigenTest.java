package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  private static double[] symmetric(int n) {
    Random random = new Random(n);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        a[j * n + i] = random.nextGaussian();
        a[i * n + j] = a[j * n + i];
      }
    }
    return a;
  }

  private static double dot(int n, double[] a, int from, double[] b, int to) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[from + i] * b[to + i];
    }
    return sum;
  }

  /** 70 rows are more than the block that LAPACK works on at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 70})
  void pairsAreOrthonormalAndInOrder(int n) {
    double[] a = symmetric(n);
    double[] vectors = a.clone();
    double[] values = SymmetricEigen.decompose(n, vectors);
    assertThat(values).isSorted();
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        assertThat(dot(n, vectors, k * n, vectors, l * n)).isCloseTo(k == l ? 1 : 0, within(1e-12));
      }
      for (int i = 0; i < n; i++) {
        assertThat(dot(n, a, i * n, vectors, k * n))
            .isCloseTo(values[k] * vectors[k * n + i], within(1e-12 * n));
      }
    }
  }

  @Test
  void onlyTheUpperTriangleIsRead() {
    double[] upper = symmetric(6);
    double[] expected = SymmetricEigen.decompose(6, upper.clone());
    for (int j = 0; j < 6; j++) {
      for (int i = j + 1; i < 6; i++) {
        upper[j * 6 + i] = Double.NaN;
      }
    }
    assertThat(SymmetricEigen.decompose(6, upper)).isEqualTo(expected);
  }

  @Test
  void nothingButZerosHasEigenvaluesOf0() {
    assertThat(SymmetricEigen.decompose(3, new double[9])).containsOnly(0);
  }
}
