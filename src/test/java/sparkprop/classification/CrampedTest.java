package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

/** Rows of three times the storage memory, in a JVM whose storage memory is really that small. */
class CrampedTest {
  @Test
  void eachBlockIsReadAboutOnceAPass() throws Exception {
    List<Integer> printed =
        ChildJvm.run(Map.of(), ChildJvm.sparkOptions(), CrampedFit.class).stream()
            .map(Integer::valueOf)
            .toList();
    int windows = printed.get(0);
    int reads = CrampedFit.PASSES * windows * CrampedFit.PARTITIONS;
    // A window is a quarter of storage memory at most, and rows are three times of it.
    assertThat(windows).isGreaterThanOrEqualTo(12);
    assertThat(printed.get(1)).as("windows stored").isBetween(reads - windows, reads);
    assertThat(printed.get(2)).as("windows stored twice").isEqualTo(printed.get(1));
    assertThat(printed.get(3)).as("windows thrown out").isZero();
  }
}
