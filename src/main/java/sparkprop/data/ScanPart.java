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
  private VectorSizes targetSizes = VectorSizes.NONE;
  private @Nullable Moments moments;
  private LabelSummary trainingLabels = LabelSummary.NONE;
  private LabelSummary validationLabels = LabelSummary.NONE;

  /** Of the training rows. Not a record, because it is shuffled and Kryo cannot write one. */
  private static final class Moments implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ColumnMoments features;
    private final ColumnMoments targets;

    private Moments(ColumnMoments features, ColumnMoments targets) {
      this.features = features;
      this.targets = targets;
    }

    static Moments of(int features, int targets) {
      return new Moments(new ColumnMoments(features), new ColumnMoments(targets));
    }
  }

  ScanPart(Columns columns) {
    this.columns = columns;
  }

  /** Reads one partition. */
  static ScanPart of(
      Columns columns, int partition, Iterator<Row> input, long firstNumber, ValidationDraw draw) {
    ScanPart part = new ScanPart(columns);
    RemainingRows rows = new RemainingRows(partition, input, firstNumber, draw);
    NonZeros features = new NonZeros();
    NonZeros targets = new NonZeros();
    RowHash hash = new RowHash();
    long training = 0;
    long validation = 0;
    while (rows.hasNext()) {
      InputRow row = rows.next();
      part.add(row, features, targets);
      hash.add(row, features, targets);
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

  private void add(InputRow row, NonZeros features, NonZeros targets) {
    Vector vector = row.features();
    if (vector != null) {
      features.load(vector);
      sizes = sizes.plus(features.size(), row);
    }
    Vector label = row.label();
    if (label != null) {
      targets.load(label);
      targetSizes = targetSizes.plus(targets.size(), row);
    }
    bad = bad.plus(row, features, targets, columns);
    if (bad.count() > 0 || !sizes.agree() || !targetSizes.agree()) {
      return; // There will be no training: the rest is only counted.
    }
    if (row.validates()) {
      validationLabels = validationLabels.plus(targets, row);
      return;
    }
    trainingLabels = trainingLabels.plus(targets, row);
    if (moments == null) {
      moments = Moments.of(features.size(), targets.size());
    }
    moments.features.add(features, row.weight());
    moments.targets.add(targets, row.weight());
  }

  /** Takes in the part of the partitions that follow. */
  ScanPart add(ScanPart next) {
    partitions.addAll(next.partitions);
    bad = bad.plus(next.bad);
    sizes = sizes.plus(next.sizes);
    targetSizes = targetSizes.plus(next.targetSizes);
    trainingLabels = trainingLabels.plus(next.trainingLabels);
    validationLabels = validationLabels.plus(next.validationLabels);
    if (moments == null || !sizes.agree() || !targetSizes.agree()) {
      moments = next.moments;
    } else if (next.moments != null) {
      moments.features.add(next.moments.features);
      moments.targets.add(next.moments.targets);
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
    targetSizes.check(columns.label());
    Moments known =
        moments == null
            ? Moments.of(Math.max(0, sizes.size()), Math.max(0, targetSizes.size()))
            : moments;
    return new DataSummary(
        partitions,
        known.features,
        known.targets,
        trainingLabels,
        validationLabels,
        columns.features().equals(columns.label()));
  }
}
