package sparkprop.train;

import java.util.Locale;

/**
 * What is known of a training run before its first update.
 *
 * @param rows training rows
 * @param partitions partitions that contribute to each mini-batch
 * @param windows windows that each partition's rows are cut into; rows are permuted within a window
 * @param batchSize rows of one update at most, over all partitions together
 * @param updatesPerPass updates a pass, ceil(rows / batchSize)
 * @param bytesPerUpdate bytes that one update moves: the weights once, and each partition's result
 */
public record TrainingPlan(
    long rows,
    int partitions,
    int windows,
    int batchSize,
    int updatesPerPass,
    long bytesPerUpdate) {

  @Override
  public String toString() {
    String cut = windows == 1 ? "" : String.format(Locale.ROOT, " of %,d windows", windows);
    return String.format(
        Locale.ROOT,
        "%,d rows in %,d partitions%s, batch size %,d, updates a pass %,d, bytes an update %,d",
        rows,
        partitions,
        cut,
        batchSize,
        updatesPerPass,
        bytesPerUpdate);
  }
}
