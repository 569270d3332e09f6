package sparkprop.train;

import java.util.Locale;

/**
 * What an update takes.
 *
 * @param spark seconds of an update whose slices are not computed: its job, the weights' way to the
 *     tasks and the gradients' way back
 * @param whole seconds of an update
 */
public record UpdateTime(double spark, double whole) {
  private static final double TOO_MUCH = 0.5;

  /** No update takes less beside Spark's part, as far as can be measured. */
  private static final double SHORTEST = 1e-4;

  /** Seconds of the slices. */
  private double slices() {
    return Math.max(SHORTEST, whole - spark);
  }

  /**
   * Spark's share of an update.
   *
   * @param syncInterval updates between two averagings, each of which costs what an update does
   */
  public double share(int syncInterval) {
    double part = spark / syncInterval;
    return part / (part + slices());
  }

  /** Whether Spark's share is above one half. */
  public boolean isMostlySpark(int syncInterval) {
    return share(syncInterval) > TOO_MUCH;
  }

  /**
   * What would bring Spark's share to one half or less, as a sentence.
   *
   * @param batchSize rows of an update now
   * @param rows training rows
   * @param syncInterval updates between two averagings now
   */
  public String advice(int batchSize, long rows, int syncInterval) {
    long updates = (rows + batchSize - 1) / batchSize; // beyond a pass there is nothing to average
    int interval = (int) Math.min(updates, (long) Math.ceil(spark / slices()));
    long batch = batchSize;
    while (batch < (double) batchSize * spark / slices() / syncInterval) {
      batch *= 2;
    }
    String larger = batch < rows ? String.format(Locale.ROOT, "batchSize %d or ", batch) : "";
    return String.format(
        Locale.ROOT,
        "about %.0f %% of an update's %.0f ms are Spark's, not the network's: %ssyncInterval %d"
            + " would bring that below half.",
        100 * share(syncInterval),
        1000 * (spark / syncInterval + slices()),
        larger,
        interval);
  }
}
