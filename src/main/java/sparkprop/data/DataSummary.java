package sparkprop.data;

import java.util.List;

/**
 * What {@code fit} knows of its input before it trains. Statistics are those of the training rows,
 * in double precision, weighted; rows of weight 0 count nowhere but in {@link
 * PartitionSummary#droppedRows}.
 */
public final class DataSummary {

  /** Bytes of a number in a dense block, and of a non-zero of the vectors blocks are made from. */
  private static final long DENSE_BYTES = Float.BYTES;

  private static final long SPARSE_BYTES = Double.BYTES + Integer.BYTES;

  private final List<PartitionSummary> partitions;
  private final long nonZeros;
  private final double[] means;
  private final double[] deviations;
  private final double[] targetMeans;
  private final double[] targetDeviations;
  private final LabelSummary trainingLabels;
  private final LabelSummary validationLabels;
  private final boolean reproduces;

  DataSummary(
      List<PartitionSummary> partitions,
      ColumnMoments moments,
      ColumnMoments targets,
      LabelSummary trainingLabels,
      LabelSummary validationLabels,
      boolean reproduces) {
    this.partitions = List.copyOf(partitions);
    this.nonZeros = moments.nonZeros();
    this.means = moments.means();
    this.deviations = moments.deviations();
    this.targetMeans = targets.means();
    this.targetDeviations = targets.deviations();
    this.trainingLabels = trainingLabels;
    this.validationLabels = validationLabels;
    this.reproduces = reproduces;
  }

  /** The input's partitions, in order. */
  public List<PartitionSummary> partitions() {
    return partitions;
  }

  /** Non-zero features of all training rows together, whatever their encoding. */
  public long nonZeros() {
    return nonZeros;
  }

  /** Mean of each feature; not to be changed. */
  public double[] means() {
    return means;
  }

  /**
   * Standard deviation of each feature, sqrt(sum of w (x - mean)^2 / sum of w): exactly 0 where the
   * feature never changes. Not to be changed.
   */
  public double[] deviations() {
    return deviations;
  }

  /** Mean of each target; not to be changed. */
  public double[] targetMeans() {
    return targetMeans;
  }

  /** Standard deviation of each target, as {@link #deviations}; not to be changed. */
  public double[] targetDeviations() {
    return targetDeviations;
  }

  /** Numbers of every label: 1 where labels are no vectors. */
  public int numTargets() {
    return targetMeans.length;
  }

  /** The labels of the training rows. */
  public LabelSummary trainingLabels() {
    return trainingLabels;
  }

  /** The labels of the validation rows. */
  public LabelSummary validationLabels() {
    return validationLabels;
  }

  /** Whether the targets are the features: one column is read as both. */
  public boolean reproduces() {
    return reproduces;
  }

  /** Length of every feature vector. */
  public int numFeatures() {
    return means.length;
  }

  /** Training rows of all partitions. */
  public long trainingRows() {
    return partitions.stream().mapToLong(PartitionSummary::trainingRows).sum();
  }

  /** Validation rows of all partitions. */
  public long validationRows() {
    return partitions.stream().mapToLong(PartitionSummary::validationRows).sum();
  }

  /** Training rows of each input partition. */
  public long[] trainingRowsByPartition() {
    return partitions.stream().mapToLong(PartitionSummary::trainingRows).toArray();
  }

  /** Validation rows of each input partition. */
  public long[] validationRowsByPartition() {
    return partitions.stream().mapToLong(PartitionSummary::validationRows).toArray();
  }

  /**
   * Whether blocks are CSR: where dense float32 would take more memory than the non-zeros of the
   * vectors do, that is below a density of one third. It hangs on the content, not on the encoding
   * that each row happens to have.
   */
  public boolean sparse() {
    return SPARSE_BYTES * nonZeros < DENSE_BYTES * trainingRows() * numFeatures();
  }

  /**
   * Largest over smallest deviation of the features that change, 1 if none does. Above 1000, say,
   * unscaled features will train badly.
   */
  public double deviationRatio() {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (double deviation : deviations) {
      if (deviation > 0) {
        smallest = Math.min(smallest, deviation);
        largest = Math.max(largest, deviation);
      }
    }
    return largest == 0 ? 1 : largest / smallest;
  }
}
