package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sparkprop.testing.ChildJvm;

/** A task starts no more BLAS threads than it holds slots: none but its own. */
class OneThreadTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void openBlasStartsNoThreadsOfItsOwn() throws Exception {
    SeveralProcessors.areThereInCi();
    // Left alone, OpenBLAS would start one for each further processor as soon as it is loaded.
    List<String> printed =
        ChildJvm.run(
            Map.of(),
            List.of(
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:+UseSerialGC",
                "-Dsparkprop.blas=openblas"),
            Probe.class);
    assertThat(printed).containsExactly("0 native threads more after loading", "0 after a product");
  }

  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws Exception {
      int n = 1200;
      float[] x = new float[n * n];
      float[] y = new float[n * n];
      long before = nativeThreads();
      Blas blas = Blas.instance();
      System.out.println(nativeThreads() - before + " native threads more after loading");
      blas.gemm(false, false, n, n, n, 1f, x, 0, n, x, 0, n, 0f, y, 0, n);
      System.out.println(nativeThreads() - before + " after a product");
    }

    /**
     * This process's threads that are not Java's. Without parallel collectors and with as many
     * compiler threads from the start as ever, the JVM's own stay the same.
     */
    private static long nativeThreads() throws Exception {
      try (var tasks = Files.list(Path.of("/proc/self/task"))) {
        return tasks.count() - ManagementFactory.getThreadMXBean().getThreadCount();
      }
    }
  }
}
