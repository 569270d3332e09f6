package sparkprop.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.LayerHealth;
import sparkprop.optim.OptimizerState;
import sparkprop.testing.LogLines;
import sparkprop.train.Checkpoints;
import sparkprop.train.Course;
import sparkprop.train.TrainingState;
import sparkprop.train.Watch;

class CheckpointFolderTest {
  private static final Map<String, String> FIT = Map.of("stepSize", "0.1", "rows", "100");

  @TempDir private Path path;

  private static final Conditions CONDITIONS = new Conditions(3, "a kernel");

  private Checkpoints folder(Map<String, String> fit, int maxIter) {
    return folder(fit, maxIter, false, 1);
  }

  private Checkpoints folder(
      Map<String, String> fit, int maxIter, boolean dependsOnMaxIter, int interval) {
    return found(fit, maxIter, dependsOnMaxIter, interval).under(CONDITIONS);
  }

  private CheckpointFolder found(
      Map<String, String> fit, int maxIter, boolean dependsOnMaxIter, int interval) {
    return new CheckpointFolder(
        path.toString(),
        new Configuration(),
        Fingerprint.of(fit),
        maxIter,
        dependsOnMaxIter,
        interval);
  }

  private static Course after(int passes) {
    return new Course(
        new TrainingState(
            new float[] {passes, -0f}, new OptimizerState(passes, Map.of("m", new float[] {3}))),
        new float[] {5},
        new Watch(0.25, 1, passes, 1),
        new Watch(0.25, 1, passes, 0),
        2,
        Collections.nCopies(passes + 1, 0.1),
        List.of(),
        List.of(),
        Collections.nCopies(
            passes,
            List.of(
                new LayerHealth("dense1", 0.1, Double.POSITIVE_INFINITY, Double.NaN),
                new LayerHealth("relu1", Double.NaN, Double.NaN, 0.25))),
        77);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @Test
  void keepsTheLastTwoAndGivesTheLast() throws Exception {
    Checkpoints folder = folder(FIT, 20);
    assertThat(folder.latest()).isEmpty();
    for (int pass = 8; pass <= 11; pass++) {
      folder.reached(after(pass));
    }
    assertThat(names()).containsExactly("pass-00000010.safetensors", "pass-00000011.safetensors");
    Course course = folder(FIT, 20).latest().orElseThrow();
    assertThat(course.passes()).isEqualTo(11);
    assertThat(course.state().weights()).containsExactly(11, -0f);
    assertThat(course.state().optimizer().steps()).isEqualTo(11);
    assertThat(course.state().optimizer().slot("m")).containsExactly(3);
    assertThat(course.best()).containsExactly(5);
    assertThat(course.watch()).isEqualTo(new Watch(0.25, 1, 11, 1));
    assertThat(course.plateaus()).isEqualTo(2);
    assertThat(course.health()).hasSize(11).isEqualTo(after(11).health());
    assertThat(course.nanos()).isEqualTo(77);
  }

  @Test
  void writesEverySoManyPasses() throws Exception {
    Checkpoints folder = folder(FIT, 20, false, 3);
    for (int pass = 1; pass <= 7; pass++) {
      folder.reached(after(pass));
    }
    assertThat(names()).containsExactly("pass-00000003.safetensors", "pass-00000006.safetensors");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatWasCutOffIsSkippedForTheOneBeforeIt(boolean checksummed) throws Exception {
    Checkpoints folder = folder(FIT, 20);
    folder.reached(after(1));
    folder.reached(after(2));
    Path last = file("pass-00000002.safetensors");
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    if (!checksummed) {
      Files.delete(last.resolveSibling("." + last.getFileName() + ".crc"));
    }
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(folder.latest().orElseThrow().passes()).isEqualTo(1);
      assertThat(log.at("WARN"))
          .singleElement()
          .asString()
          .contains("pass-00000002.safetensors is not whole and is skipped");
    }
  }

  /** A number of a tensor, a text of the course, one of the fit. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"steps\":\"2", "\"stepSize\":\"0.1", "\"windows\":\"3"})
  void aFileWithAFlippedBitIsSkippedToo(String text) throws Exception {
    Checkpoints folder = folder(FIT, 20);
    folder.reached(after(1));
    folder.reached(after(2));
    Path last = file("pass-00000002.safetensors");
    byte[] bytes = Files.readAllBytes(last);
    String content = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.isEmpty() ? -1 : content.indexOf(text.replace("\"stepSize", "\"fit.stepSize"));
    assertThat(text.isEmpty() || at > 0).as(content).isTrue();
    int end = at + (text.contains("stepSize") ? 4 : 0) + text.length() - 1;
    bytes[at < 0 ? bytes.length - 3 : end] ^= 4;
    Files.write(last, bytes);
    Files.delete(last.resolveSibling("." + last.getFileName() + ".crc"));
    assertThat(folder.latest().orElseThrow().passes()).isEqualTo(1);
  }

  /** What is cut into windows by chance stays so; another kernel is told of. */
  @Test
  void theConditionsTravelWithTheCourse() throws Exception {
    folder(FIT, 20).reached(after(1));
    CheckpointFolder found = found(FIT, 20, false, 1);
    assertThat(found.windows()).hasValue(3);
    assertThat(found(Map.of("stepSize", "0.2"), 20, false, 1).windows()).isEmpty();
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(found.under(CONDITIONS).latest()).isPresent();
      assertThat(log.at("WARN")).isEmpty();
      assertThat(found.under(new Conditions(3, "another one")).latest()).isPresent();
      assertThat(log.at("WARN"))
          .singleElement()
          .asString()
          .endsWith(
              "comes from a driver that multiplied matrices by a kernel, this one does by another"
                  + " one, so the weights may differ in their last bits from those of one"
                  + " undisturbed fit.");
    }
  }

  /** Others' files vanish, are cut off, or are of another version: no matter for this run. */
  @Test
  void whatIsWrongWithOthersDoesNotMatter() throws Exception {
    folder(Map.of("stepSize", "0.2"), 20).reached(after(3));
    Path other = file("pass-00000003.safetensors");
    Files.write(other, new byte[] {1, 2, 3});
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(folder(FIT, 20).latest()).isEmpty();
      assertThat(log.at("WARN")).isEmpty();
    }
    Files.delete(other);
    Files.createSymbolicLink(other, path.resolve("gone"));
    assertThat(folder(FIT, 20).latest()).isEmpty();
  }

  @Test
  void anotherFitsAreLeftAloneAndOneLineSaysWhatDiffers() throws Exception {
    folder(Map.of("stepSize", "0.2", "rows", "100"), 20).reached(after(3));
    Checkpoints mine = folder(FIT, 20);
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(mine.latest()).isEmpty();
      assertThat(log.at("INFO"))
          .singleElement()
          .asString()
          .startsWith("Training starts anew")
          .endsWith("is of another fit: stepSize is 0.2, not 0.1.");
    }
    mine.reached(after(1));
    mine.ended();
    assertThat(names()).containsExactly("pass-00000003.safetensors");
    assertThat(path).isDirectoryContaining(file -> Files.isDirectory(file));
  }

  @Test
  void aSmallerMaxIterServesWhereTheCourseDoesNotHangOnIt() throws Exception {
    folder(FIT, 5).reached(after(6));
    folder(FIT, 10).reached(after(2));
    folder(FIT, 30).reached(after(25));
    Checkpoints mine = folder(FIT, 20);
    assertThat(mine.latest().orElseThrow().passes()).isEqualTo(6);
    mine.reached(after(7));
    assertThat(mine.latest().orElseThrow().passes()).isEqualTo(7);
    mine.ended();
    assertThat(names())
        .containsExactly(
            "pass-00000002.safetensors", "pass-00000006.safetensors", "pass-00000025.safetensors");
  }

  @Test
  void whereItDoesTrainingStartsAnewAndSaysSo() throws Exception {
    folder(FIT, 10, true, 1).reached(after(6));
    Checkpoints mine = folder(FIT, 20, true, 1);
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(mine.latest()).isEmpty();
      assertThat(log.at("INFO"))
          .containsExactly(
              "There are checkpoints of this fit with maxIter 10, but its schedule depends on"
                  + " maxIter, which is 20 now: training starts anew.");
    }
    mine.reached(after(4));
    assertThat(mine.latest().orElseThrow().passes()).isEqualTo(4);
  }

  @Test
  void contentThatContradictsItsFolderIsRefused() throws Exception {
    folder(Map.of("stepSize", "0.2", "rows", "100"), 20).reached(after(3));
    Path other = file("pass-00000003.safetensors");
    Checkpoints mine = folder(FIT, 20);
    mine.reached(after(1));
    Path own = file("pass-00000001.safetensors");
    Files.move(other, own.resolveSibling(other.getFileName()));
    assertThatThrownBy(mine::latest)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Checkpoint .*pass-00000003.safetensors is not of the fit whose folder it stands in"
                + " \\(stepSize is 0.2, not 0.1\\): delete the folder, or name another"
                + " checkpointPath.");
  }

  @Test
  void aPathThatCannotBeWrittenToIsRefusedBeforeTraining() throws Exception {
    Path file = Files.createFile(path.resolve("file"));
    assertThatThrownBy(() -> CheckpointFolder.check(file.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("checkpointPath " + file + " cannot be written to");
  }

  @Test
  void aRunWithNothingToKeepLeavesNoFolder() throws Exception {
    CheckpointFolder.check(path.resolve("new").toString(), new Configuration());
    Checkpoints folder = folder(FIT, 20);
    assertThat(folder.latest()).isEmpty();
    assertThat(path).isDirectoryContaining(file -> file.endsWith("new"));
    Files.delete(path.resolve("new"));
    assertThat(path).isEmptyDirectory();
    folder.ended();
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void digestsTellEveryBitApart() throws Exception {
    assertThat(Fingerprint.of(FIT).digest()).hasSize(32).isEqualTo(Fingerprint.of(FIT).digest());
    assertThat(Fingerprint.of(Map.of("stepSize", "0.1", "rows", "101")).digest())
        .isNotEqualTo(Fingerprint.of(FIT).digest());
    float[] many = new float[10_000];
    String digest = Fingerprint.digest(many);
    many[9_999] = -0f;
    assertThat(Fingerprint.digest(many)).isNotEqualTo(digest);
    assertThat(Fingerprint.digest(new long[] {1, 2}))
        .isNotEqualTo(Fingerprint.digest(new long[] {2, 1}));
  }
}
