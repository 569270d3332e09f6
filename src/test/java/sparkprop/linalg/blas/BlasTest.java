package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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
            + " openblas, vector, java]: name one of them, or unset the property.";
    // Asked twice: a failed class initialiser would hide the reason the second time.
    assertThat(print("cuda")).containsExactly(text, text);
  }

  @Test
  void refusesAForcedProviderThatDoesNotLoad() throws Exception {
    String text =
        "System property sparkprop.blas asks for the BLAS provider 'mkl', which cannot be loaded"
            + " here (it is not on the class path): add org.bytedeco:mkl with its native and its"
            + " redist jar for this system, or unset the property.";
    assertThat(print("mkl")).containsExactly(text, text);
  }

  @Test
  void saysHowToLoadTheVectorBlas() throws Exception {
    String text =
        "System property sparkprop.blas asks for the BLAS provider 'vector', which cannot be loaded"
            + " here (this JVM runs without the option --add-modules jdk.incubator.vector): add the"
            + " option, for executors in spark.executor.extraJavaOptions, or unset the property.";
    assertThat(
            ChildJvm.runWithoutVectorModule(
                List.of("-Dsparkprop.blas=vector"), PrintProvider.class))
        .containsExactly(text, text);
  }

  @Test
  void givesTheCauseThatAWrapperHides() {
    Throwable cause = new UnsatisfiedLinkError("no library");
    assertThat(Provider.message(new InvocationTargetException(cause))).isEqualTo("no library");
    assertThat(
            Provider.message(new InvocationTargetException(new ExceptionInInitializerError(cause))))
        .isEqualTo("no library");
    assertThat(Provider.message(new NoClassDefFoundError("a/B")))
        .isEqualTo("there is no class a/B");
    assertThat(Provider.message(new NoClassDefFoundError("Could not initialize class a.B")))
        .isEqualTo("Could not initialize class a.B");
    assertThat(Provider.message(new IllegalStateException("It fails.", new IOException("no file"))))
        .isEqualTo("It fails (java.io.IOException: no file)");
    assertThat(Provider.message(new IllegalStateException(new IOException("no file"))))
        .isEqualTo("java.io.IOException: no file");
    assertThat(Provider.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void logsTheChoiceWithItsReason() throws Exception {
    List<String> automatic = log();
    assertThat(automatic).hasSize(3);
    assertThat(automatic.get(0))
        .startsWith(
            "INFO Matrix products: %s (%s), the best that loads. Not mkl: "
                .formatted(automatic.get(1), automatic.get(2)))
        .endsWith(".");
    assertThat(log("-Dsparkprop.blas=java"))
        .containsExactly(
            "INFO Matrix products: java (plain Java), as system property sparkprop.blas says.",
            "java",
            "plain Java");
  }

  /** On Linux copies are a failure of this machine's, which costs speed: not to be passed over. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void warnsWhereOpenBlasIsCalledWithCopies(@TempDir Path folder) throws Exception {
    // netlib extracts its JNI code to the folder for temporary files.
    String noFolder = folder.resolve("none").toString();
    assertThat(log("-Dsparkprop.blas=openblas", "-Djava.io.tmpdir=" + noFolder))
        .anyMatch(
            line ->
                line.startsWith(
                    "WARN OpenBLAS is called with copies of the arrays, up to twice as slow,"
                        + " because not through netlib: Unable to load native implementation"
                        + " (java.nio.file.NoSuchFileException: "
                        + noFolder))
        .anyMatch(line -> line.startsWith("INFO Matrix products: openblas"));
  }

  private static List<String> log(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dlog4j2.configurationFile=log4j2-stdout.properties");
    return ChildJvm.run(Map.of(), all, PrintProvider.class);
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
