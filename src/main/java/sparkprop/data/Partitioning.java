package sparkprop.data;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;

/**
 * Which training partition each row goes to and where it stands there: a pure function of the row
 * counts of the input's partitions and of the settings.
 */
public sealed interface Partitioning extends Serializable permits Neighbours, Dealt {

  /** How many partitions train. */
  int partitions();

  /** Rows of each. */
  long[] rows();

  /** The partition of the row of this number. */
  int partition(long number);

  /** How many rows of lower number share the row's partition. */
  long position(long number);

  /**
   * The rows in their partitions and windows, each in order of number.
   *
   * @param rows by input partition, in order of number
   */
  default JavaRDD<NumberedRow> arrange(JavaRDD<NumberedRow> rows, Windows windows) {
    return RowPartitioner.shuffle(rows, this, windows);
  }

  /**
   * Resolves {@code numPartitions}.
   *
   * <p>0 is min(input partitions, task slots). The input's own number takes its partitions as they
   * are, empty ones included. Any other merges neighbours in the order of their index, evenly, or
   * where that cannot be done (more partitions wanted than there are, or the largest would hold
   * more than twice the mean) deals the rows out by seed.
   *
   * @param requested the Param
   * @param inputRows rows of each input partition
   * @param taskSlots tasks the cluster runs at a time
   * @param seed the estimator's seed
   * @throws IllegalArgumentException for a negative number
   */
  static Partitioning resolve(int requested, long[] inputRows, int taskSlots, long seed) {
    if (requested < 0) {
      throw new IllegalArgumentException(
          "numPartitions is " + requested + "; it must be a number of partitions or 0 for auto.");
    }
    if (requested == inputRows.length) {
      return Neighbours.each(inputRows);
    }
    return spread(
        requested > 0 ? requested : Math.max(1, Math.min(inputRows.length, taskSlots)),
        inputRows,
        seed);
  }

  /** Merged neighbours where that is even enough, else dealt rows. */
  static Partitioning spread(int partitions, long[] inputRows, long seed) {
    if (partitions <= inputRows.length) {
      Neighbours merged = Neighbours.merged(partitions, inputRows);
      if (!skewed(merged.rows())) {
        return merged;
      }
    }
    return new Dealt(partitions, Arrays.stream(inputRows).sum(), seed);
  }

  /** Whether the largest holds more than twice the mean, and another split could be more even. */
  private static boolean skewed(long[] rows) {
    long largest = Arrays.stream(rows).max().orElse(0);
    return largest > 1 && largest * rows.length > 2 * Arrays.stream(rows).sum();
  }
}
