package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

/** A cluster whose one executor holds everything makes each pass in one job, with the same bits. */
class OneExecutorIT {
  /** Its own, since the other integration tests' session keeps its executors in theirs. */
  private static final String HOME =
      Path.of(System.getenv("SPARK_HOME")).resolveSibling("one-executor-home").toString();

  @Test
  void aPassIsOneJobWithTheBitsOfAJobAnUpdateAndOfLocalMode() throws Exception {
    List<String> local = ChildJvm.run(Map.of(), ChildJvm.sparkOptions(), ClusterCase.class);
    List<String> printed =
        ChildJvm.run(Map.of("SPARK_HOME", HOME), ChildJvm.sparkOptions(), OneExecutorFit.class);
    List<String> bits = new ArrayList<>(printed);
    bits.removeIf(line -> line.startsWith("jobs of") || line.startsWith("killed"));
    assertThat(bits)
        .hasSize(2 * ClusterCase.values().length)
        .containsExactlyInAnyOrderElementsOf(local);
    for (ClusterCase each : ClusterCase.values()) {
      // Three updates a pass, or one job; what is averaged or takes all rows is a job as it is.
      boolean steps = each != ClusterCase.AVERAGED && each != ClusterCase.CURVATURE;
      assertThat(jobs(printed, "jobs", each) - jobs(printed, "auto", each))
          .as("jobs that %s saves", each)
          .isEqualTo(steps ? 2 * ClusterCase.PASSES : 0);
    }
    assertThat(printed)
        .filteredOn(line -> line.startsWith("killed"))
        .singleElement()
        .isEqualTo(line(local, "jobs DENSE").replaceFirst("jobs", "killed"));
  }

  private static int jobs(List<String> printed, String placement, ClusterCase fit) {
    String line = line(printed, "jobs of " + placement + " " + fit);
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static String line(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }
}
