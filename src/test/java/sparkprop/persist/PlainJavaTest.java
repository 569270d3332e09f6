package sparkprop.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sparkprop.nn.SavedNetwork;
import sparkprop.testing.ChildJvm;

/** The example that scores a saved model, in a JVM of its own that has neither Spark nor Scala. */
class PlainJavaTest {
  /** What the pom gives a program that has no Spark: all but test and provided dependencies. */
  private static final List<String> LIBRARIES =
      List.of(
          "jackson-core-",
          "slf4j-api-",
          "blas-",
          "arpack_combined_all-", // netlib's, for its JNI
          "javacpp-",
          "openblas-",
          "jspecify-");

  private static List<String> classPath() throws Exception {
    Path ours =
        Path.of(SavedNetwork.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> all =
        new ArrayList<>(
            ChildJvm.classPath(
                entry ->
                    entry.equals(ours)
                        || LIBRARIES.stream()
                            .anyMatch(entry.getFileName().toString()::startsWith)));
    all.add("target/examples-classes");
    return all;
  }

  @Test
  void scoresWithoutSpark() throws Exception {
    assertThat(classPath())
        .hasSizeGreaterThan(LIBRARIES.size())
        .noneMatch(entry -> entry.matches(".*(spark-|scala-|hadoop-).*"));
    ChildJvm.Ended ended =
        ChildJvm.run(
            // Whatever the reader's language, numbers are printed as in the README.
            List.of("-Duser.language=de"),
            classPath(),
            "SavedNetworkExample",
            "src/test/resources/saved-models/0.1.0/digits",
            "examples/data/digits.csv.gz");
    assertThat(ended.exitValue()).as("%s", ended).isZero();
    assertThat(ended.out())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("dense(16) relu: 64 features, 10 classes"),
            line ->
                assertThat(line).matches("The first is a 0 with probability (0\\.9|1\\.0)\\d\\d"),
            line -> assertThat(line).matches("17\\d\\d of 1797 digits recognised"));
  }
}
