package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

class BlasTest {
  /** The build names the provider that each of its runs is meant to test. */
  @Test
  @Tag("kernel")
  void runsTheProviderThatTheBuildNames() {
    String expected = System.getProperty("sparkprop.blas.expected");
    if (expected == null) {
      assertThat(System.getenv("CI"))
          .as("in CI the build must name the BLAS provider, by sparkprop.blas.expected")
          .isNull();
      assumeThat(expected).as("no provider is named outside the build").isNotNull();
    }
    assertThat(Blas.instance().provider()).isEqualTo(expected);
    assertThat(Blas.instance().kernel()).isNotBlank();
    assertThat(Blas.available()).contains(expected);
  }

  @Test
  void isOneInstance() {
    assertThat(Blas.instance()).isSameAs(Blas.instance());
  }

  @Test
  void takesTheForcedProvider() throws Exception {
    assertThat(print("java")).containsExactly("java", "plain Java");
    assertThat(print("Vector").get(0)).isEqualTo("vector");
  }

  @Test
  void refusesAnUnknownProvider() throws Exception {
    String text =
        "System property sparkprop.blas names the BLAS provider 'cuda', which is none of [mkl,"
            + " openblas, vector, java].";
    // Asked twice: a failed class initialiser would hide the reason the second time.
    assertThat(print("cuda")).containsExactly(text, text);
  }

  @Test
  void refusesAForcedProviderThatDoesNotLoad() throws Exception {
    String text =
        "System property sparkprop.blas asks for the BLAS provider 'mkl', which cannot be loaded:"
            + " it is not on the class path.";
    assertThat(print("mkl")).containsExactly(text, text);
  }

  private static List<String> print(String forced) throws Exception {
    return ChildJvm.run(Map.of(), List.of("-Dsparkprop.blas=" + forced), PrintProvider.class);
  }

  static final class PrintProvider {
    private PrintProvider() {}

    public static void main(String[] args) {
      print(() -> Blas.instance().provider());
      print(() -> Blas.instance().kernel());
    }

    private static void print(java.util.function.Supplier<String> supplier) {
      try {
        System.out.println(supplier.get());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    float[] six = new float[6];
    assertThatThrownBy(() -> product(-1, 2, 3, six, 0, 3, six, 0, 2, six, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Matrix A cannot be -1 x 3.");
    assertThatThrownBy(() -> product(2, 2, 3, six, 0, 2, six, 0, 2, six, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Matrix A has 3 columns, so its leading dimension cannot be 2.");
    assertThatThrownBy(() -> product(2, 2, 3, six, 0, 3, six, 1, 2, six, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "Matrix B, 3 x 2 from offset 1 with leading dimension 2, reaches beyond its array of 6"
                + " numbers.");
    assertThatThrownBy(() -> product(2, 2, 3, six, 0, 3, six, 0, 2, six, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> product(2, 2, 3, six, 0, 3, six, 0, 2, six, 0, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    // The last row of C needs no gap behind it.
    product(2, 2, 3, six, 0, 3, six, 0, 2, six, 0, 4);
  }

  private static void product(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    Blas.instance().gemm(false, false, m, n, k, 1f, a, ao, lda, b, bo, ldb, 0f, c, co, ldc);
  }
}
