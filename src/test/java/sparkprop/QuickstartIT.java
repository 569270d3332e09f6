package sparkprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;

/** The first thing a reader runs, as the README has it run, on a machine that speaks German. */
class QuickstartIT {
  @TempDir private static Path directory;
  private static ChildJvm.Ended quickstart;

  @BeforeAll
  static void run() throws Exception {
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    options.addAll(
        List.of(
            "-Xmx2g",
            "-Dlog4j2.configurationFile=examples/log4j2.properties",
            "-Dspark.driver.host=localhost",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Djava.io.tmpdir=" + directory,
            "-Duser.language=de"));
    List<String> classPath =
        new ArrayList<>(ChildJvm.classPath(entry -> !entry.endsWith("test-classes")));
    classPath.add("target/examples-classes");
    quickstart = ChildJvm.run(options, classPath, "Quickstart");
  }

  @Test
  void endsWellWithItsAccuracy() {
    assertThat(quickstart.exitValue()).as("%s", quickstart).isZero();
    String last = quickstart.out().get(quickstart.out().size() - 1);
    assertThat(last).matches("test accuracy: 0\\.\\d{3}");
    assertThat(Double.parseDouble(last.substring("test accuracy: ".length())))
        .isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void showsEachPass() {
    List<Integer> passes =
        printed(
                "pass +(\\d+): loss \\d+\\.\\d{4}, validation accuracy [01]\\.\\d{3}, [\\d,]+ samples/s")
            .map(pass -> Integer.parseInt(pass.group(1)))
            .toList();
    assertThat(passes)
        .hasSizeBetween(2, 20)
        .isEqualTo(Stream.iterate(1, pass -> pass + 1).limit(passes.size()).toList());
  }

  @Test
  void showsMllibsAccuracyBesideOurs() {
    assertThat(printed("Sparkprop's accuracy on the test digits: 0\\.\\d{3}")).hasSize(1);
    assertThat(printed("MLlib's accuracy on the test digits: 0\\.\\d{3}")).hasSize(1);
  }

  @Test
  void savesThePipelineAndLoadsItAgain() {
    String saved = printed("Saved the pipeline to (.+)").findFirst().orElseThrow().group(1);
    assertThat(Path.of(saved).startsWith(directory)).isTrue();
    assertThat(Path.of(saved, "metadata")).isDirectory();
    assertThat(Path.of(saved, "stages").toFile().list()).hasSize(3);
    assertThat(quickstart.out()).contains("Loaded it again: it predicts the same.");
  }

  /** But for what the JVM says of its options, which Spark asks for. */
  @Test
  void sparksLogStaysOutOfSight() {
    assertThat(quickstart.err())
        .allMatch(line -> line.startsWith("WARNING: ") || line.startsWith("Picked up "));
    assertThat(quickstart.out()).noneMatch(line -> line.matches(".*\\b(INFO|WARN|ERROR)\\b.*"));
  }

  /** The lines of standard output that are just this. */
  private static Stream<MatchResult> printed(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return quickstart.out().stream()
        .map(pattern::matcher)
        .filter(line -> line.matches())
        .map(line -> line.toMatchResult());
  }
}
