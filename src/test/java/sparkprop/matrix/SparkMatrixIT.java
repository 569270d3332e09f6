package sparkprop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.testing.ChildJvm;

/**
 * The jar that is built against one release of Spark, on the jars of others: every stage does the
 * same there, and what one saved the others load.
 */
@Tag("spark-matrix")
class SparkMatrixIT {
  private static final Path JARS = Path.of("target/spark-matrix");
  private static final Path OURS = Path.of(System.getProperty("sparkprop.jar.all"));

  /** What each release printed when it trained and saved; the build's own is among them. */
  private static final Map<String, List<String>> FITTED = new TreeMap<>();

  private static final String BUILT_AGAINST = System.getProperty("sparkprop.spark.version");

  @TempDir private static Path saved;

  static List<String> releases() throws IOException {
    try (Stream<Path> folders = Files.list(JARS)) {
      List<String> releases =
          folders.map(folder -> folder.getFileName().toString()).sorted().toList();
      assertThat(releases).hasSizeGreaterThanOrEqualTo(4);
      return releases;
    }
  }

  private static List<String> run(String release, String... arguments) throws Exception {
    List<String> classPath = new ArrayList<>();
    if (release.equals(BUILT_AGAINST)) {
      classPath.addAll(
          ChildJvm.classPath(
              entry ->
                  !entry.startsWith(OURS.getParent())
                      && !entry.getFileName().toString().matches("(javacpp|openblas)-.*")));
    } else {
      try (Stream<Path> jars = Files.list(JARS.resolve(release))) {
        jars.map(Path::toString).sorted().forEach(classPath::add);
      }
    }
    classPath.add(OURS.toString());
    classPath.add("target/test-classes");
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    options.add("-Xmx2g");
    options.add("--add-modules=jdk.incubator.vector");
    options.add("-Dlog4j2.configurationFile=examples/log4j2.properties");
    ChildJvm.Ended ended = ChildJvm.run(options, classPath, EveryStage.class.getName(), arguments);
    assertThat(ended.exitValue()).as("Spark %s %s", release, ended).isZero();
    List<String> said = ended.out().stream().filter(line -> line.startsWith("= ")).toList();
    assertThat(said.get(0)).isEqualTo("= Spark: " + release);
    return said.subList(1, said.size());
  }

  @BeforeAll
  static void fitEverywhere() throws Exception {
    List<String> all = new ArrayList<>(releases());
    all.add(BUILT_AGAINST);
    for (String release : all) {
      FITTED.put(release, run(release, "fit", saved.resolve(release).toString()));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void trainsToTheSameBitsAsWhereItWasBuilt(String release) {
    assertThat(FITTED.get(release)).hasSize(16).isEqualTo(FITTED.get(BUILT_AGAINST));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void loadsWhatAnyOtherSaved(String release) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("load"));
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, List<String>> other : FITTED.entrySet()) {
      arguments.add(saved.resolve(other.getKey()).toString());
      other.getValue().stream()
          .filter(
              line ->
                  line.matches(
                      "= (pipeline|regression|several|autoencoder|whitening|rest|validated): .*"))
          .forEach(expected::add);
    }
    assertThat(expected).hasSize(7 * FITTED.size());
    assertThat(run(release, arguments.toArray(String[]::new))).isEqualTo(expected);
  }
}
