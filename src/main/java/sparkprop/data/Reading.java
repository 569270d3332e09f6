package sparkprop.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What every reading of the input after the scan must know: the numbers its rows get, and what the
 * scan found in each partition, against which each reading is checked. It travels as a broadcast,
 * for it grows with the partitions and stands in the lineage of every training job.
 */
final class Reading implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<PartitionSummary> expected;
  private final int numFeatures;
  private final int numTargets;
  private final ValidationDraw draw;
  private final long[] remainingStarts;
  private final long[] trainingStarts;
  private final long[] validationStarts;

  Reading(DataSummary summary, ValidationDraw draw) {
    this.expected = summary.partitions();
    this.numFeatures = summary.numFeatures();
    this.numTargets = summary.numTargets();
    this.draw = draw;
    this.trainingStarts = starts(summary.trainingRowsByPartition());
    this.validationStarts = starts(summary.validationRowsByPartition());
    this.remainingStarts =
        starts(expected.stream().mapToLong(PartitionSummary::remainingRows).toArray());
  }

  /** Sum of all counts before each. */
  static long[] starts(long[] counts) {
    long[] starts = new long[counts.length];
    for (int i = 1; i < counts.length; i++) {
      starts[i] = starts[i - 1] + counts[i - 1];
    }
    return starts;
  }

  /**
   * One partition's training or validation rows, numbered over the whole input.
   *
   * @throws ChangedInputException from the iterator, at its end at the latest, if the rows are not
   *     those that were scanned
   */
  Iterator<NumberedRow> rows(int partition, Iterator<Row> input, boolean validation) {
    long first = (validation ? validationStarts : trainingStarts)[partition];
    return new VerifiedRows(
        new RemainingRows(partition, input, remainingStarts[partition], draw),
        expected.get(partition),
        partition,
        first,
        validation,
        numFeatures,
        numTargets);
  }
}
