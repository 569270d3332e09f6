package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;
import sparkprop.testing.SharedSpark;

/** Drivers that are killed in mid-fit and started again. */
@ExtendWith(SharedSpark.class)
class KilledDriverTest {
  private final SparkSession session;

  @TempDir private Path path;

  KilledDriverTest(SparkSession session) {
    this.session = session;
  }

  /** What the child prints of a fit that nothing disturbs, but for the pass it begins with. */
  private String undisturbed(String solver, int maxIter) {
    return CheckpointedFit.hash(
        CheckpointedFit.classifier(solver, maxIter).fit(CheckpointedFit.rows(session)));
  }

  private ChildJvm.Ended child(String... fits) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    options.add("--add-modules=jdk.incubator.vector");
    List<String> arguments = new ArrayList<>(List.of(path.toString()));
    arguments.addAll(Arrays.asList(fits));
    return ChildJvm.run(
        options,
        ChildJvm.classPath(entry -> true),
        CheckpointedFit.class.getName(),
        arguments.toArray(String[]::new));
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("pass"))
          .sorted()
          .toList();
    }
  }

  /** The killed pass has no checkpoint, since the driver died before it wrote one. */
  @Test
  void goOnToTheBitsOfAnUndisturbedFit() throws Exception {
    assertThat(child("adam", "10", "6").exitValue()).isEqualTo(128 + 9);
    assertThat(checkpoints())
        .containsExactly("pass-00000004.safetensors", "pass-00000005.safetensors");
    assertThat(child("l-bfgs", "12", "7").exitValue()).isEqualTo(128 + 9);
    assertThat(checkpoints()).hasSize(4);

    ChildJvm.Ended resumed = child("adam", "20", "0", "adam", "10", "0", "l-bfgs", "12", "0");
    assertThat(resumed.out())
        .containsExactly(
            undisturbed("adam", 20) + " 6",
            undisturbed("adam", 10) + " 6",
            undisturbed("l-bfgs", 12) + " 7");
    assertThat(checkpoints()).isEmpty();
  }
}
