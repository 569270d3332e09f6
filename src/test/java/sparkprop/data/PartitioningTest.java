package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PartitioningTest {
  private static final long SEED = 42;

  private static Partitioning resolve(int requested, int slots, long... inputRows) {
    return Partitioning.resolve(requested, inputRows, slots, SEED);
  }

  @Test
  void ownNumberTakesPartitionsAsTheyAre() {
    assertThat(resolve(4, 2, 100, 0, 1, 0).rows()).containsExactly(100, 0, 1, 0);
  }

  @Test
  void autoMergesNeighboursDownToTheTaskSlots() {
    assertThat(resolve(0, 8, 5, 5, 5).rows()).containsExactly(5, 5, 5);
    assertThat(resolve(0, 2, 5, 5, 5, 5).rows()).containsExactly(10, 10);
    // 5 + 1, 1 + 5, 4 + 2: as even as can be, not two input partitions each.
    assertThat(resolve(0, 3, 5, 1, 1, 5, 4, 2)).isInstanceOf(Neighbours.class);
    assertThat(resolve(0, 3, 5, 1, 1, 5, 4, 2).rows()).containsExactly(6, 6, 6);
    assertThat(resolve(0, 3, 9, 1, 1, 5, 4, 2).rows()).containsExactly(9, 7, 6);
  }

  @Test
  void everyGroupHasAPartition() {
    assertThat(resolve(5, 1, 9, 9, 9, 9, 9, 9, 9, 9).rows()).containsExactly(18, 18, 18, 9, 9);
  }

  @Test
  void skewedOrMoreIsDealt() {
    assertThat(resolve(0, 4, 1, 1, 1, 97).rows()).containsExactly(25, 25, 25, 25);
    assertThat(resolve(2, 4, 60, 20, 20)).isInstanceOf(Neighbours.class);
    assertThat(resolve(3, 4, 1, 1, 100, 1).rows()).containsExactlyInAnyOrder(34, 34, 35);
    assertThat(resolve(6, 1, 10, 10).rows()).containsExactlyInAnyOrder(3, 3, 3, 3, 4, 4);
  }

  @Test
  void fewRowsDoNotCountAsSkew() {
    assertThat(resolve(0, 4, 0, 1, 0, 0)).isInstanceOf(Neighbours.class);
  }

  @Test
  void negativeNumberIsRefused() {
    assertThatThrownBy(() -> resolve(-1, 1, 1))
        .hasMessage("numPartitions is -1; it must be a number of partitions or 0 for auto.");
  }

  @Test
  void anotherSeedDealsOtherwise() {
    Partitioning one = new Dealt(4, 1000, 1);
    Partitioning other = new Dealt(4, 1000, 2);
    long same = 0;
    for (long number = 0; number < 1000; number++) {
      same += one.partition(number) == other.partition(number) ? 1 : 0;
    }
    assertThat(same).isBetween(150L, 350L);
  }

  /** Partition and position of each number, rows and windows all tell the same story. */
  private static void checkConsistent(Partitioning partitioning, long total, Windows windows) {
    long[] seen = new long[partitioning.partitions()];
    long[] rows = partitioning.rows();
    for (long number = 0; number < total; number++) {
      int partition = partitioning.partition(number);
      assertThat(partitioning.position(number)).isEqualTo(seen[partition]);
      int window = windows.of(seen[partition], rows[partition]);
      assertThat(seen[partition])
          .isBetween(
              windows.start(window, rows[partition]),
              windows.start(window + 1, rows[partition]) - 1);
      seen[partition]++;
    }
    assertThat(seen).containsExactly(rows);
  }

  @Property(tries = 200)
  void dealtIsEvenAndConsistent(
      @ForAll @IntRange(min = 1, max = 20) int partitions,
      @ForAll @LongRange(min = 0, max = 300) long total,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int windows) {
    Partitioning dealt = new Dealt(partitions, total, seed);
    checkConsistent(dealt, total, new Windows(windows));
    assertThat(Arrays.stream(dealt.rows()).max().orElseThrow())
        .isLessThanOrEqualTo(Arrays.stream(dealt.rows()).min().orElseThrow() + 1);
  }

  @Property(tries = 200)
  void mergedIsConsistentAndNoWorseThanEqualCounts(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 30) Integer> counts,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll @IntRange(min = 1, max = 7) int windows) {
    long[] inputRows = counts.stream().mapToLong(Integer::longValue).toArray();
    int groups = Math.min(wanted, inputRows.length);
    Partitioning merged = Neighbours.merged(groups, inputRows);
    checkConsistent(merged, Arrays.stream(inputRows).sum(), new Windows(windows));
    long largestOfEqualCounts = 0;
    for (int group = 0; group < groups; group++) {
      int from = group * inputRows.length / groups;
      int to = (group + 1) * inputRows.length / groups;
      largestOfEqualCounts =
          Math.max(largestOfEqualCounts, Arrays.stream(inputRows, from, to).sum());
    }
    assertThat(merged.partitions()).isEqualTo(groups);
    assertThat(Arrays.stream(merged.rows()).max().orElseThrow())
        .isLessThanOrEqualTo(largestOfEqualCounts);
  }
}
