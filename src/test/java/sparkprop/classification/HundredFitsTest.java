package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;
import sparkprop.testing.Held;

/** A hundred fits in one session, which end well and badly, leave nothing behind. */
class HundredFitsTest {
  private static final long MEGABYTE = 1 << 20;

  @TempDir private static Path directory;
  private static Held before;
  private static Held after;

  @BeforeAll
  static void fit() throws Exception {
    Path file = directory.resolve("held");
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    // The heap is resident from the beginning, so what is added to the process is not heap.
    options.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"));
    ChildJvm.run(Map.of(), options, HundredFits.class, file.toString());
    try (var in = new ObjectInputStream(Files.newInputStream(file))) {
      before = (Held) in.readObject();
      after = (Held) in.readObject();
    }
  }

  @Test
  void noObjectOfOurs() {
    assertThat(before.ours()).isPositive();
    assertThat(after.ours()).isEqualTo(before.ours());
  }

  /** The weights of eight fits' larger network and their solver's state take 9 MB. */
  @Test
  void noHeap() {
    assertThat(after.heapBytes() - before.heapBytes()).isLessThan(4 * MEGABYTE);
  }

  /**
   * The JIT compilers' own memory grew by 4 to 21 MB; OpenBLAS's buffer for one thread takes 32.
   */
  @Test
  void noNativeMemory() {
    assertThat(after.nativeBytes() - before.nativeBytes()).isLessThan(64 * MEGABYTE);
  }

  /** Each kind of fit was done eight times; Spark's own pools add a thread now and then. */
  @Test
  void noThread() {
    after
        .threads()
        .forEach(
            (name, count) ->
                assertThat(count - before.threads().getOrDefault(name, 0L)).as(name).isLessThan(8));
  }

  @Test
  void nothingInSparksStorage() {
    assertThat(after.persisted()).isZero();
    assertThat(after.blocks()).isZero();
    assertThat(after.broadcasts()).isZero();
  }

  @Test
  void noListener() {
    assertThat(after.listeners()).isEqualTo(before.listeners());
  }
}
