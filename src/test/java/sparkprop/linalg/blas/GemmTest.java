package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider that loads here, against double-precision loops. */
@Tag("kernel")
class GemmTest {
  // Neither a multiple of what any kernel takes at once.
  private static final int WIDTH = 37;
  private static final int DEPTH = 301;

  static Stream<Blas> providers() {
    return KernelsUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void agreesWithDoubleLoops(Blas blas) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 600; i++) {
      GemmCase.random(random, size(random), size(random), size(random)).check(blas);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void agreesOnLargeProducts(Blas blas) {
    SplittableRandom random = new SplittableRandom(8);
    GemmCase.random(random, 130, 257, 300).check(blas);
    GemmCase.random(random, 65, 1030, 131).check(blas);
    GemmCase.random(random, 1, 700, 900).check(blas);
    GemmCase.random(random, 700, 1, 900).check(blas);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addsProductsOfRowsWithThemselves(Blas blas) {
    SplittableRandom random = new SplittableRandom(9);
    for (int n : new int[] {1, 2, 17, 64, 131}) {
      for (int k : new int[] {0, 1, 5, 128}) {
        double[] rows = random.doubles((long) k * n, -1, 1).toArray();
        double[] c = random.doubles((long) n * n, -1, 1).toArray();
        double[] before = c.clone();
        blas.addGram(n, k, rows, c);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < n; i++) {
            double expected = before[j * n + i];
            for (int r = 0; r < k && i <= j; r++) {
              expected += rows[r * n + i] * rows[r * n + j];
            }
            assertThat(c[j * n + i]).as("%d, %d", i, j).isCloseTo(expected, within(1e-12));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void doesNotReadWhatItOverwrites(Blas blas) {
    for (int m : new int[] {1, 2, 33}) {
      for (int n : new int[] {1, 3, 40}) {
        for (int k : new int[] {0, 1, 50}) {
          for (float alpha : new float[] {0f, 1f}) {
            float[] a = new float[m * k];
            float[] b = new float[k * n];
            float[] c = new float[m * n];
            Arrays.fill(a, 1f);
            Arrays.fill(b, 2f);
            Arrays.fill(c, Float.NaN);
            blas.gemm(false, false, m, n, k, alpha, a, 0, k, b, 0, n, 0f, c, 0, n);
            assertThat(c).containsOnly(alpha * 2f * k);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leavesEmptyProductsAlone(Blas blas) {
    float[] none = {};
    float[] c = {1f, 2f, 3f, 4f};
    blas.gemm(false, false, 0, 2, 3, 1f, none, 0, 3, new float[6], 0, 2, 0f, none, 0, 2);
    blas.gemm(false, false, 2, 0, 3, 1f, new float[6], 0, 3, none, 0, 0, 0f, none, 0, 0);
    blas.gemm(false, false, 2, 2, 0, 1f, none, 0, 0, none, 0, 2, 0.5f, c, 0, 2);
    assertThat(c).containsExactly(0.5f, 1f, 1.5f, 2f);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void keepsAnInfinityInItsColumn(Blas blas) {
    for (int m : new int[] {1, 6}) {
      int n = 600;
      int k = 130;
      float[] a = new float[m * k];
      Arrays.fill(a, 1f);
      float[] b = new float[k * n];
      b[2 * n] = Float.POSITIVE_INFINITY;
      float[] expected = new float[m * n];
      for (int i = 0; i < m; i++) {
        expected[i * n] = Float.POSITIVE_INFINITY;
      }
      float[] c = new float[m * n];
      blas.gemm(false, false, m, n, k, 1f, a, 0, k, b, 0, n, 0f, c, 0, n);
      assertThat(c).isEqualTo(expected);
    }
  }

  /** Bits must not depend on where the arrays happen to lie. */
  @ParameterizedTest
  @MethodSource("providers")
  void givesTheSameBitsFromAnyOffset(Blas blas) {
    SplittableRandom random = new SplittableRandom(9);
    for (int m : new int[] {1, 5, 64}) {
      for (boolean transA : new boolean[] {false, true}) {
        for (boolean transB : new boolean[] {false, true}) {
          for (float beta : new float[] {0f, 1f}) {
            float[] a = GemmCase.uniform(random, m * DEPTH);
            float[] b = GemmCase.uniform(random, DEPTH * WIDTH);
            float[] c = GemmCase.uniform(random, m * WIDTH);
            float[] expected = fromOffset(0, blas, transA, transB, m, a, b, beta, c);
            for (int shift = 1; shift < 20; shift++) {
              assertThat(fromOffset(shift, blas, transA, transB, m, a, b, beta, c))
                  .as("%s: transA %s, transB %s, beta %s", blas, transA, transB, beta)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  private static float[] fromOffset(
      int shift,
      Blas blas,
      boolean transA,
      boolean transB,
      int m,
      float[] a,
      float[] b,
      float beta,
      float[] c) {
    float[] got = shifted(c, shift);
    blas.gemm(
        transA,
        transB,
        m,
        WIDTH,
        DEPTH,
        1f,
        shifted(a, shift),
        shift,
        transA ? m : DEPTH,
        shifted(b, shift),
        shift,
        transB ? DEPTH : WIDTH,
        beta,
        got,
        shift,
        WIDTH);
    return Arrays.copyOfRange(got, shift, got.length);
  }

  /** Copies would cost a third of the speed, and nobody would notice. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void onLinuxOpenBlasIsCalledWithoutCopies() {
    assertThat(KernelsUnderTest.openBlas().get(0).kernel).isInstanceOf(NetlibKernel.class);
  }

  /** Whether OpenBLAS is called with copies or without hangs on the system, and must not show. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void copiesGiveTheSameBits() {
    List<Blas> openBlas = KernelsUnderTest.openBlas();
    assertThat(openBlas)
        .extracting(blas -> blas.kernel.getClass().getSimpleName())
        .containsExactly("NetlibKernel", "CopyingKernel");
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < 100; i++) {
      GemmCase one = GemmCase.random(random, random.nextInt(4) + 1, size(random), size(random));
      assertThat(one.product(openBlas.get(0))).isEqualTo(one.product(openBlas.get(1)));
    }
  }

  private static float[] shifted(float[] x, int shift) {
    float[] y = new float[x.length + shift];
    System.arraycopy(x, 0, y, shift, x.length);
    return y;
  }

  private static int size(SplittableRandom random) {
    return random.nextInt(10) == 0 ? 1 + random.nextInt(90) : 1 + random.nextInt(9);
  }
}
