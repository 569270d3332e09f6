package sparkprop.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example that scores a saved model, in a JVM of its own that has neither Spark nor Scala. */
class PlainJavaTest {
  /** What the pom gives a program that has no Spark: all but test and provided dependencies. */
  private static final List<String> LIBRARIES =
      List.of("jackson-core-", "slf4j-api-", "blas-", "javacpp-", "openblas-", "jspecify-");

  private static final Path EXAMPLES = Path.of("target", "examples-classes");

  private static String classPath() {
    List<String> all =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    String classes =
        Path.of(
                java.net.URI.create(
                    sparkprop.nn.SavedNetwork.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
            .toString();
    return Stream.concat(
            Stream.of(classes, EXAMPLES.toString()),
            all.stream()
                .filter(
                    entry ->
                        LIBRARIES.stream()
                            .anyMatch(Path.of(entry).getFileName().toString()::startsWith)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void scoresWithoutSpark() throws Exception {
    assertThat(classPath()).doesNotContain("spark-", "scala-", "hadoop-");
    String output =
        run(
            java(),
            // Whatever the reader's language, numbers are printed as in the README.
            "-Duser.language=de",
            "-cp",
            classPath(),
            "SavedNetworkExample",
            "src/test/resources/saved-models/0.1.0/digits",
            "examples/data/digits.csv.gz");
    assertThat(output)
        .contains("dense(16) relu: 64 features, 10 classes")
        .containsPattern("The first is a 0 with probability (0\\.9|1\\.0)\\d\\d")
        .containsPattern("17\\d\\d of 1797 digits recognised")
        .doesNotContain("Exception");
  }
}
