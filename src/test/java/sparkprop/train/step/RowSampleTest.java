package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import sparkprop.nn.Batch;
import sparkprop.nn.Slice;

class RowSampleTest {
  /** Numbers of the rows drawn from partitions of these sizes. */
  private static long[] drawn(int most, int windows, long... rows) {
    Slice slice = RowSample.of(most, rows, windows).from(Samples.windows(windows, 7, rows));
    Batch batch = new Batch(Samples.FEATURES, 1, slice.rows(), false);
    slice.fill(batch, 0, slice.rows());
    return batch.rowNumbers();
  }

  @Test
  void allRowsAreTheSampleWhereTheyAreFew() {
    assertThat(drawn(256, 1, 3, 0, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(drawn(1, 1, 1)).containsExactly(0);
  }

  @Test
  void partitionsGiveTheirShareEachRowOnce() {
    long[] numbers = drawn(100, 1, 300, 0, 100, 600);
    assertThat(numbers).hasSize(100).doesNotHaveDuplicates();
    assertThat(LongStream.of(numbers).filter(n -> n < 300).count()).isEqualTo(30);
    assertThat(LongStream.of(numbers).filter(n -> n >= 400).count()).isEqualTo(60);
    assertThat(drawn(100, 1, 300, 0, 100, 600)).isEqualTo(numbers);
  }

  /** Rows that stand together are often of one class, and every third may be, too. */
  @Test
  void rowsAreDrawnFromEverywhereByLot() {
    long[] numbers = drawn(250, 1, 1000);
    for (int part = 0; part < 4; part++) {
      long from = 250L * part;
      // 62.5 are expected, with a deviation of 5.9.
      assertThat(LongStream.of(numbers).filter(n -> n >= from && n < from + 250).count())
          .isBetween(35L, 90L);
    }
    for (int rest = 0; rest < 4; rest++) {
      long same = rest;
      assertThat(LongStream.of(numbers).filter(n -> n % 4 == same).count()).isBetween(35L, 90L);
    }
  }

  @Test
  void morePartitionsThanRowsOfTheSampleGiveOneOrNone() {
    long[] rows = new long[500];
    Arrays.fill(rows, 2);
    assertThat(drawn(100, 1, rows)).hasSize(100).doesNotHaveDuplicates();
  }

  /** Of five windows over three rows two are empty, but not the last. */
  @Test
  void windowsWithoutRowsAreNoObstacle() {
    assertThat(drawn(256, 5, 3)).containsExactly(2);
    assertThat(drawn(256, 3, 9)).containsExactlyInAnyOrder(6, 7, 8);
  }
}
