package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SumPlaceTest {
  private static final long GIGABYTE = 1L << 30;

  @Test
  void fiftyMillionWeightsOn32PartitionsReachTheDriverAsOneResult() {
    SumTree tree = SumTree.of(32, 2);
    assertThat(SumPlace.choose(tree, 4L * 50_000_000, GIGABYTE)).isEqualTo(SumPlace.EXECUTORS);
    // Five nodes at the top, of 200 MB each.
    assertThat(tree.width(tree.innerLevels())).isEqualTo(5);
    assertThat(SumPlace.choose(tree, 4L * 50_000_000, 4 * GIGABYTE))
        .isEqualTo(SumPlace.TOP_ON_DRIVER);
  }

  @Test
  void smallResultsAreCollectedAtOnce() {
    assertThat(SumPlace.choose(SumTree.of(32, 2), 4L * 203_530, GIGABYTE))
        .isEqualTo(SumPlace.DRIVER);
    assertThat(SumPlace.choose(SumTree.of(200, 2), 4L * 203_530, GIGABYTE))
        .isEqualTo(SumPlace.TOP_ON_DRIVER);
    assertThat(SumPlace.choose(SumTree.of(8, 2), 4L * 203_530, GIGABYTE / 64))
        .isNotEqualTo(SumPlace.DRIVER);
  }

  @Test
  void aGradientThatCannotReachTheDriverIsRefused() {
    assertThatThrownBy(() -> SumPlace.choose(SumTree.of(4, 2), GIGABYTE, GIGABYTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.driver.maxResultSize");
  }

  @Property
  void whatReachesTheDriverFits(
      @ForAll @IntRange(min = 1, max = 5000) int partitions,
      @ForAll @IntRange(min = 1, max = 4) int depth,
      @ForAll @LongRange(min = 1, max = 1L << 33) long bytes,
      @ForAll @LongRange(min = 1 << 20, max = 1L << 34) long limit) {
    SumTree tree = SumTree.of(partitions, depth);
    long results;
    try {
      results =
          switch (SumPlace.choose(tree, bytes, limit)) {
            case DRIVER -> partitions;
            case TOP_ON_DRIVER -> tree.width(tree.innerLevels());
            case EXECUTORS -> 1;
          };
    } catch (IllegalArgumentException e) {
      assertThat(bytes).isGreaterThan(limit - (1 << 20));
      return;
    }
    assertThat(results * bytes).isLessThan(limit);
  }
}
