package sparkprop.data;

import java.io.Serializable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * How rows become blocks: dense or CSR, as they are or standardized, and how large a block gets.
 */
public final class BlockFormat implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a block holds of a row besides its features and targets: weight and number. */
  private static final int ROW_BYTES = Float.BYTES + Long.BYTES;

  /** Spark's choice where {@code maxBlockSizeInMB} is 0. */
  private static final double DEFAULT_BLOCK_MB = 1.0;

  private static final int MAX_ROWS = 4096;

  private final int numFeatures;
  private final boolean sparse;
  private final @Nullable Standardization standardization;
  private final int numTargets;
  private final @Nullable Standardization ofTargets;
  private final boolean targetsAreFeatures;
  private final long maxBytes;

  private BlockFormat(
      int numFeatures,
      boolean sparse,
      @Nullable Standardization standardization,
      int numTargets,
      @Nullable Standardization ofTargets,
      boolean targetsAreFeatures,
      long maxBytes) {
    this.numFeatures = numFeatures;
    this.sparse = sparse;
    this.standardization = standardization;
    this.numTargets = numTargets;
    this.ofTargets = ofTargets;
    this.targetsAreFeatures = targetsAreFeatures;
    this.maxBytes = maxBytes;
  }

  /**
   * The format for data of this summary.
   *
   * @param standardize whether features are centred and scaled with the summary's means and
   *     deviations
   * @param standardizeTargets whether targets are
   * @param maxBlockSizeInMB about how large a block may get, 0 for 1 MB; a row is never divided
   */
  public static BlockFormat of(
      DataSummary summary,
      boolean standardize,
      boolean standardizeTargets,
      double maxBlockSizeInMB) {
    double megabytes = maxBlockSizeInMB > 0 ? maxBlockSizeInMB : DEFAULT_BLOCK_MB;
    return new BlockFormat(
        summary.numFeatures(),
        summary.sparse(),
        standardize ? new Standardization(summary.means(), summary.deviations()) : null,
        summary.numTargets(),
        standardizeTargets
            ? new Standardization(summary.targetMeans(), summary.targetDeviations())
            : null,
        summary.reproduces() && !summary.sparse() && standardize == standardizeTargets,
        (long) (megabytes * (1 << 20)));
  }

  boolean sparse() {
    return sparse;
  }

  /** Bytes of the blocks of so many rows. */
  long bytes(long rows, long nonZeros) {
    long features =
        sparse
            ? (Float.BYTES + Integer.BYTES) * nonZeros + Integer.BYTES * rows
            : Float.BYTES * rows * numFeatures;
    return features + rowBytes() * rows;
  }

  /** Blocks of these rows in their order, each made when it is asked for. */
  Iterator<Block> blocks(Iterator<NumberedRow> rows) {
    return new BlockBuilder(rows, this);
  }

  FeatureBuffer newBuffer() {
    return sparse
        ? new SparseBuffer(numFeatures, standardization)
        : new DenseBuffer(numFeatures, standardization);
  }

  DenseBuffer newTargetBuffer() {
    return new DenseBuffer(numTargets, ofTargets);
  }

  /** Whether the array of a block's features is that of its targets too. */
  boolean targetsAreFeatures() {
    return targetsAreFeatures;
  }

  private long rowBytes() {
    return ROW_BYTES + (targetsAreFeatures ? 0 : (long) Float.BYTES * numTargets);
  }

  /** Whether a block of so many rows and bytes of features takes no further row. */
  boolean full(int rows, long featureBytes) {
    // A block stops before the row that would go over, taken to be of average size.
    long bytes = featureBytes + rowBytes() * rows;
    return rows >= MAX_ROWS || (rows > 0 && bytes + bytes / rows > maxBytes);
  }
}
