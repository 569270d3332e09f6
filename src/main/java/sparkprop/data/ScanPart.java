package sparkprop.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the scan knows of one input partition or, once merged, of neighbouring ones. Parts are
 * merged in the order of the partitions.
 */
final class ScanPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Columns columns;
  private final List<PartitionSummary> partitions = new ArrayList<>();
  private BadRows bad = BadRows.NONE;
  private VectorSizes sizes = VectorSizes.NONE;
  private @Nullable ColumnMoments moments;
  private LabelSummary trainingLabels = LabelSummary.NONE;
  private LabelSummary validationLabels = LabelSummary.NONE;

  ScanPart(Columns columns) {
    this.columns = columns;
  }

  /** Reads one partition. */
  static ScanPart of(
      Columns columns, int partition, Iterator<Row> input, long firstNumber, ValidationDraw draw) {
    ScanPart part = new ScanPart(columns);
    RemainingRows rows = new RemainingRows(partition, input, firstNumber, draw);
    NonZeros features = new NonZeros();
    RowHash hash = new RowHash();
    long training = 0;
    long validation = 0;
    while (rows.hasNext()) {
      InputRow row = rows.next();
      part.add(row, features);
      hash.add(row, features);
      if (row.validates()) {
        validation++;
      } else {
        training++;
      }
    }
    long dropped = rows.read() - training - validation;
    part.partitions.add(new PartitionSummary(dropped, training, validation, hash.value()));
    return part;
  }

  private void add(InputRow row, NonZeros features) {
    Vector vector = row.features();
    if (vector != null) {
      features.load(vector);
      sizes = sizes.plus(features.size(), row);
    }
    bad = bad.plus(row, features, columns);
    if (bad.count() > 0 || !sizes.agree()) {
      return; // There will be no training: the rest is only counted.
    }
    if (row.validates()) {
      validationLabels = validationLabels.plus(row.label(), row);
      return;
    }
    trainingLabels = trainingLabels.plus(row.label(), row);
    if (moments == null) {
      moments = new ColumnMoments(features.size());
    }
    moments.add(features, row.weight());
  }

  /** Takes in the part of the partitions that follow. */
  ScanPart add(ScanPart next) {
    partitions.addAll(next.partitions);
    bad = bad.plus(next.bad);
    sizes = sizes.plus(next.sizes);
    trainingLabels = trainingLabels.plus(next.trainingLabels);
    validationLabels = validationLabels.plus(next.validationLabels);
    if (moments == null || !sizes.agree()) {
      moments = next.moments;
    } else if (next.moments != null) {
      moments.add(next.moments);
    }
    return this;
  }

  /**
   * The summary of all partitions.
   *
   * @throws IllegalArgumentException if a row is bad or vectors differ in size
   */
  DataSummary summary() {
    bad.check();
    sizes.check(columns.features());
    ColumnMoments known = moments == null ? new ColumnMoments(Math.max(0, sizes.size())) : moments;
    return new DataSummary(partitions, known, trainingLabels, validationLabels);
  }
}
