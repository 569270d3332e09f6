package sparkprop.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The training or the validation rows of one input partition, which fails where the partition no
 * longer holds the rows that the scan found there. Since it stands in the lineage of every block,
 * it also checks the partitions that Spark recomputes after losing an executor in mid-training.
 */
final class VerifiedRows implements Iterator<NumberedRow> {
  private final RemainingRows rows;
  private final PartitionSummary expected;
  private final int partition;
  private final boolean validation;
  private final int numFeatures;
  private final int numTargets;
  private final NonZeros features = new NonZeros();
  private final NonZeros targets = new NonZeros();
  private final RowHash hash = new RowHash();
  private final long end;
  private long number;
  private @Nullable NumberedRow next;

  /**
   * The rows of one partition and one role.
   *
   * @param first number of the partition's first training or validation row
   */
  VerifiedRows(
      RemainingRows rows,
      PartitionSummary expected,
      int partition,
      long first,
      boolean validation,
      int numFeatures,
      int numTargets) {
    this.rows = rows;
    this.expected = expected;
    this.partition = partition;
    this.validation = validation;
    this.numFeatures = numFeatures;
    this.numTargets = numTargets;
    this.number = first;
    this.end = first + (validation ? expected.validationRows() : expected.trainingRows());
    advance();
  }

  private void advance() {
    next = null;
    while (next == null && rows.hasNext()) {
      InputRow row = rows.next();
      Vector vector = row.features();
      Vector label = row.label();
      if (vector == null
          || vector.size() != numFeatures
          || label == null
          || label.size() != numTargets) {
        throw new ChangedInputException(partition);
      }
      features.load(vector);
      targets.load(label);
      hash.add(row, features, targets);
      if (row.validates() == validation) {
        if (number == end) {
          throw new ChangedInputException(partition);
        }
        next = new NumberedRow(number++, vector, label, (float) row.weight());
      }
    }
    if (next == null && hash.value() != expected.hash()) {
      throw new ChangedInputException(partition);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public NumberedRow next() {
    NumberedRow row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    advance();
    return row;
  }
}
