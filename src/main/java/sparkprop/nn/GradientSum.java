package sparkprop.nn;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sparkprop.linalg.FloatArray;

/**
 * What slices add up: the gradient of the summed loss, and additive statistics in double precision.
 * Sums, not means, because sums merge without knowing who else takes part; the driver divides.
 */
public final class GradientSum implements Serializable, Additive<GradientSum> {
  private static final long serialVersionUID = 1;
  static final int LOSS = 0;
  static final int WEIGHT = 1;
  static final int ROWS = 2;

  /** Where the layers' own statistics begin. */
  static final int LAYERS = 3;

  private final FloatArray gradient;
  private final double[] statistics;
  private final transient @Nullable Touched touched;

  /**
   * @param touched keeps the columns that have occurred; null where all of the gradient counts
   */
  GradientSum(int trainableSize, int layerStatistics, @Nullable Touched touched) {
    this.gradient = new FloatArray(new float[trainableSize]);
    this.statistics = new double[LAYERS + layerStatistics];
    this.touched = touched;
  }

  /**
   * The columns of sparse input that have occurred, or null where the sum does not keep them. It
   * travels as a {@link ColumnSum} if it does.
   */
  public @Nullable Touched touched() {
    return touched;
  }

  /**
   * Adds another sum into this one, element by element. Float addition is not associative: who
   * wants the same bits twice adds in the same order twice.
   *
   * @throws IllegalArgumentException if it is of another network
   */
  @Override
  public void add(GradientSum other) {
    float[] sum = gradient();
    float[] added = other.gradient();
    if (added.length != sum.length || other.statistics.length != statistics.length) {
      throw new IllegalArgumentException(
          ("A sum over %d weights and %d statistics cannot be added to one over %d and %d: they are"
                  + " of different networks.")
              .formatted(added.length, other.statistics.length, sum.length, statistics.length));
    }
    addStatistics(other);
    int[] bounds = bounds();
    for (int r = 0; r < bounds.length; r += 2) {
      for (int i = bounds[r]; i < bounds[r + 1]; i++) {
        sum[i] += added[i];
      }
    }
  }

  private int[] bounds() {
    int length = gradient().length;
    return touched == null ? new int[] {0, length} : touched.stretches(length);
  }

  /**
   * Adds a stretch of another sum's gradient into this one and leaves zeros behind, to be filled
   * again: the numbers are in the processor's cache now, and would not be later.
   *
   * @param from the first element
   * @param to one past the last
   */
  public void take(GradientSum other, int from, int to) {
    float[] sum = gradient();
    float[] taken = other.gradient();
    for (int i = from; i < to; i++) {
      sum[i] += taken[i];
      taken[i] = 0f;
    }
  }

  /** Adds another sum's statistics, losses, counts and columns, but not its gradient. */
  public void addStatistics(GradientSum other) {
    if (touched != null && other.touched != null) {
      touched.add(other.touched);
    }
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += other.statistics[i];
    }
  }

  /** Sets the statistics to zero and forgets columns, whose gradients must be zeros by now. */
  public void clearStatistics() {
    Arrays.fill(statistics, 0.0);
    if (touched != null) {
      touched.clear();
    }
  }

  /** Sets all to zero, to be filled again. */
  public void clear() {
    int[] bounds = bounds();
    for (int r = 0; r < bounds.length; r += 2) {
      Arrays.fill(gradient(), bounds[r], bounds[r + 1], 0f);
    }
    clearStatistics();
  }

  /**
   * The gradient of the sum over rows of weight times loss, laid out like the trainable weights.
   */
  public float[] gradient() {
    return gradient.values();
  }

  /** Loss sum, weight sum, row count, then what the layers emit. */
  public double[] statistics() {
    return statistics;
  }

  /** Sum over rows of weight times loss. */
  public double lossSum() {
    return statistics[LOSS];
  }

  /** Sum of the rows' weights. */
  public double weightSum() {
    return statistics[WEIGHT];
  }

  /** Number of rows. */
  public double rows() {
    return statistics[ROWS];
  }

  /** How many bytes it takes on the wire, but for a few of framing. */
  public long bytes() {
    return bytes(gradient().length, statistics.length - LAYERS);
  }

  static long bytes(int trainableSize, int layerStatistics) {
    return 4L * trainableSize + 8L * (LAYERS + layerStatistics);
  }
}
