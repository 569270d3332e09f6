package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkprop.testing.ChildJvm;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;

/** The same rows, partitions and Params give the same bits on a cluster as in local mode. */
@ExtendWith(LocalCluster.class)
class ClusterFitIT {
  private static List<String> local;

  private final SparkSession session;

  ClusterFitIT(SparkSession session) {
    this.session = session;
  }

  @BeforeAll
  static void inLocalMode() throws Exception {
    local = ChildJvm.run(Map.of(), ChildJvm.sparkOptions(), ClusterCase.class);
    assertThat(local).hasSize(2 * ClusterCase.values().length);
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    Leftovers.areNone(session.sparkContext());
  }

  @ParameterizedTest
  @EnumSource
  void aFitOnAClusterEndsWithTheBitsOfLocalMode(ClusterCase fit) {
    String ended = fit + " " + ClusterCase.bits(fit.fit(session));
    assertThat(local).contains("jobs " + ended, "auto " + ended);
  }
}
