package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniBatchPlanTest {
  /** Few rows in up to 40 partitions: empty partitions and more partitions than rows are common. */
  @Provide
  Arbitrary<long[]> fewRows() {
    return Arbitraries.longs()
        .between(0, 60)
        .array(long[].class)
        .ofMinSize(1)
        .ofMaxSize(40)
        .filter(rows -> Arrays.stream(rows).sum() > 0);
  }

  /** Products of these need more than 64 bits. */
  @Provide
  Arbitrary<long[]> manyRows() {
    return Arbitraries.longs()
        .between(0, 1L << 58)
        .array(long[].class)
        .ofMinSize(1)
        .ofMaxSize(9)
        .filter(rows -> Arrays.stream(rows).sum() > 0);
  }

  @Property
  void eachPassTakesEachRowOnceInProportion(
      @ForAll("fewRows") long[] rows, @ForAll @IntRange(min = 1, max = 200) int batchSize) {
    MiniBatchPlan plan = MiniBatchPlan.of(rows, batchSize);
    long total = Arrays.stream(rows).sum();
    assertThat(plan.updates()).isEqualTo((total + batchSize - 1) / batchSize);

    PlannedPass pass = plan.newPass();
    long[] taken = walk(pass, plan, Integer.MAX_VALUE);

    assertThat(pass.hasNext()).isFalse();
    assertThat(taken).containsExactly(rows);
  }

  @Property(tries = 200)
  void hugeCountsStayExact(
      @ForAll("manyRows") long[] rows,
      @ForAll @IntRange(min = 1 << 30, max = Integer.MAX_VALUE) int batchSize) {
    MiniBatchPlan plan = MiniBatchPlan.of(rows, batchSize);
    walk(plan.newPass(), plan, 60);
  }

  @Property
  void smallestSliceIsThatOfTheWholePass(
      @ForAll("fewRows") long[] rows, @ForAll @IntRange(min = 1, max = 200) int batchSize) {
    MiniBatchPlan plan = MiniBatchPlan.of(rows, batchSize);
    long smallest = Long.MAX_VALUE;
    for (PlannedPass pass = plan.newPass(); pass.hasNext(); ) {
      MiniBatch batch = pass.next();
      for (int p = 0; p < rows.length; p++) {
        smallest = batch.rows(p) == 0 ? smallest : Math.min(smallest, batch.rows(p));
      }
    }
    assertThat(plan.smallestSlice()).isEqualTo(smallest);
  }

  @Property(tries = 100)
  void equalPartitionsGiveEqualSlices(
      @ForAll @IntRange(min = 1, max = 30) int partitions,
      @ForAll @IntRange(min = 1, max = 30) int share,
      @ForAll @IntRange(min = 1, max = 30) int updates) {
    long[] rows = new long[partitions];
    Arrays.fill(rows, (long) share * updates);
    MiniBatchPlan plan = MiniBatchPlan.of(rows, share * partitions);
    for (PlannedPass pass = plan.newPass(); pass.hasNext(); ) {
      MiniBatch batch = pass.next();
      for (int p = 0; p < partitions; p++) {
        assertThat(batch.rows(p)).isEqualTo(share);
      }
    }
  }

  @Test
  void aPassThatRepeatsItselfIsWalkedOnce() {
    // 2^40 rows: half a billion updates, the same from the second on.
    MiniBatchPlan plan = MiniBatchPlan.of(new long[] {1L << 39, 1L << 39}, 2048);
    assertThat(plan.updates()).isEqualTo(1 << 29);
    assertThat(plan.smallestSlice()).isEqualTo(1024);
  }

  @Property
  void everyPassIsTheSame(
      @ForAll("fewRows") long[] rows, @ForAll @IntRange(min = 1, max = 50) int batchSize) {
    MiniBatchPlan plan = MiniBatchPlan.of(rows, batchSize);
    PlannedPass again = plan.newPass();
    for (PlannedPass pass = plan.newPass(); pass.hasNext(); ) {
      MiniBatch batch = pass.next();
      MiniBatch repeated = again.next();
      for (int p = 0; p < rows.length; p++) {
        assertThat(repeated.to(p)).isEqualTo(batch.to(p));
      }
    }
  }

  @Test
  void ofEqualDeadlinesTheFirstPartitionGivesFirst() {
    PlannedPass pass = MiniBatchPlan.of(new long[] {2, 2, 2}, 2).newPass();
    MiniBatch first = pass.next();
    assertThat(new int[] {first.rows(0), first.rows(1), first.rows(2)}).containsExactly(1, 1, 0);
  }

  @Test
  void aMiniBatchPlanNeedsRowsAndABatchSize() {
    assertThatThrownBy(() -> MiniBatchPlan.of(new long[] {0, 0}, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no training rows in the 2 partitions.");
    assertThatThrownBy(() -> MiniBatchPlan.of(new long[] {1}, 0))
        .hasMessage("batchSize is 0, but must be at least 1.");
    assertThatThrownBy(() -> MiniBatchPlan.of(new long[] {1L << 40}, 1))
        .hasMessageContaining("raise batchSize");
  }

  @Test
  void aSliceOfOneRowIsRefusedForCoupledRows() {
    assertThatThrownBy(() -> MiniBatchPlan.of(new long[] {5, 5}, 3).requirePairs())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raise batchSize or lower numPartitions")
        .hasMessageContaining("10 rows in 2 partitions with updates of at most 3 rows");
    MiniBatchPlan.of(new long[] {6, 6, 0}, 4).requirePairs();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 32",
    "0, 3071, 32",
    "0, 3072, 64",
    "0, 6143, 64",
    "0, 6144, 128",
    "0, 60000, 1024",
    "0, 49151, 512",
    "0, 49152, 1024",
    "0, 9000000000000, 1024",
    "7, 60000, 7",
    "100000, 10, 100000"
  })
  void automaticBatchSizeIsThePowerOfTwoNearestA64thOfTheRows(
      int requested, long rows, int expected) {
    assertThat(BatchSize.resolve(requested, rows)).isEqualTo(expected);
  }

  @Property
  void fractionsCompareAsTheirCrossProducts(
      @ForAll("positive") long a,
      @ForAll("positive") long b,
      @ForAll("positive") long c,
      @ForAll("positive") long d) {
    Assume.that(a <= b);
    BigInteger ad = BigInteger.valueOf(a).multiply(BigInteger.valueOf(d));
    BigInteger cb = BigInteger.valueOf(c).multiply(BigInteger.valueOf(b));
    assertThat(Integer.signum(Fraction.compare(a, b, c, d))).isEqualTo(ad.compareTo(cb));
    assertThat(BigInteger.valueOf(Fraction.floor(a, d, b)))
        .isEqualTo(ad.divide(BigInteger.valueOf(b)));
    assertThat(Fraction.divides(b, a, d)).isEqualTo(ad.mod(BigInteger.valueOf(b)).signum() == 0);
  }

  @Provide
  Arbitrary<Long> positive() {
    return Arbitraries.longs().between(1, Long.MAX_VALUE);
  }

  /** Walks a pass, checking each mini-batch; returns the rows taken from each partition. */
  private static long[] walk(PlannedPass pass, MiniBatchPlan plan, int limit) {
    BigInteger total = BigInteger.valueOf(plan.totalRows());
    long[] taken = new long[plan.partitions()];
    long cumulative = 0;
    long smallest = Long.MAX_VALUE;
    long largest = 0;
    for (int u = 0; u < limit && pass.hasNext(); u++) {
      MiniBatch batch = pass.next();
      long size = 0;
      for (int p = 0; p < taken.length; p++) {
        assertThat(batch.from(p)).isEqualTo(taken[p]);
        assertThat(batch.to(p)).isGreaterThanOrEqualTo(taken[p]);
        taken[p] = batch.to(p);
        size += batch.rows(p);
      }
      cumulative += size;
      smallest = Math.min(smallest, size);
      largest = Math.max(largest, size);
      assertThat(BigInteger.valueOf(cumulative))
          .isEqualTo(
              total.multiply(BigInteger.valueOf(u + 1)).divide(BigInteger.valueOf(plan.updates())));
      for (int p = 0; p < taken.length; p++) {
        // |taken - n c / N| < 1, in whole numbers.
        BigInteger stray =
            BigInteger.valueOf(taken[p])
                .multiply(total)
                .subtract(
                    BigInteger.valueOf(plan.rows(p)).multiply(BigInteger.valueOf(cumulative)));
        assertThat(stray.abs()).isLessThan(total);
      }
    }
    assertThat(largest - smallest).isLessThanOrEqualTo(1);
    return taken;
  }
}
