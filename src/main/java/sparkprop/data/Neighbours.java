package sparkprop.data;

import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import scala.Option;

/**
 * Input partitions merged with their neighbours, or taken as they are: rows keep their order and
 * move nowhere.
 */
final class Neighbours implements Partitioning {
  private static final long serialVersionUID = 1L;

  /** Group g is the input partitions starts[g] to starts[g + 1] - 1. */
  private final int[] starts;

  private final long[] rows;

  /** Number of each group's first row. */
  private final long[] firstNumbers;

  private Neighbours(int[] starts, long[] inputRows) {
    this.starts = starts;
    this.rows = new long[starts.length - 1];
    for (int group = 0; group < rows.length; group++) {
      rows[group] = Arrays.stream(inputRows, starts[group], starts[group + 1]).sum();
    }
    this.firstNumbers = Reading.starts(rows);
  }

  /** Every input partition by itself. */
  static Neighbours each(long[] inputRows) {
    int[] starts = new int[inputRows.length + 1];
    Arrays.setAll(starts, i -> i);
    return new Neighbours(starts, inputRows);
  }

  /**
   * The most even way to cut the input partitions into groups of neighbours: none other has a
   * smaller largest group.
   *
   * @param groups at most as many as there are input partitions
   */
  static Neighbours merged(int groups, long[] inputRows) {
    long tooSmall = Arrays.stream(inputRows).max().orElse(0) - 1;
    long enough = Arrays.stream(inputRows).sum();
    while (enough - tooSmall > 1) {
      long capacity = tooSmall + (enough - tooSmall) / 2;
      if (groupsNeeded(capacity, inputRows) <= groups) {
        enough = capacity;
      } else {
        tooSmall = capacity;
      }
    }
    return new Neighbours(cut(groups, enough, inputRows), inputRows);
  }

  private static int groupsNeeded(long capacity, long[] inputRows) {
    int groups = 1;
    long held = 0;
    for (long count : inputRows) {
      if (held + count > capacity) {
        groups++;
        held = 0;
      }
      held += count;
    }
    return groups;
  }

  /** Fills group after group, but leaves a partition for each of the groups to come. */
  private static int[] cut(int groups, long capacity, long[] inputRows) {
    int[] starts = new int[groups + 1];
    int group = 0;
    long held = 0;
    for (int i = 0; i < inputRows.length; i++) {
      boolean full = held + inputRows[i] > capacity;
      boolean lastChance = inputRows.length - i == groups - 1 - group;
      if (i > 0 && (full || lastChance)) {
        starts[++group] = i;
        held = 0;
      }
      held += inputRows[i];
    }
    starts[groups] = inputRows.length;
    return starts;
  }

  @Override
  public int partitions() {
    return rows.length;
  }

  @Override
  public long[] rows() {
    return rows.clone();
  }

  @Override
  public int partition(long number) {
    int found = Arrays.binarySearch(firstNumbers, number);
    int group = found >= 0 ? found : -found - 2;
    // Empty groups share their first number with the one that holds the row.
    while (number >= firstNumbers[group] + rows[group]) {
      group++;
    }
    while (number < firstNumbers[group]) {
      group--;
    }
    return group;
  }

  @Override
  public long position(long number) {
    return number - firstNumbers[partition(number)];
  }

  @Override
  public JavaRDD<NumberedRow> arrange(JavaRDD<NumberedRow> input, Windows windows) {
    if (windows.count() > 1) {
      return Partitioning.super.arrange(input, windows);
    }
    if (starts[rows.length] == rows.length) {
      return input;
    }
    // Only Spark's Scala side takes a coalescer; left to itself, coalesce follows locality.
    return input
        .rdd()
        .coalesce(rows.length, false, Option.apply(new NeighbourCoalescer(starts)), null)
        .toJavaRDD();
  }
}
