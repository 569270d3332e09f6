package sparkprop.train.step;

import java.util.Locale;

/**
 * Where the nodes of a {@link SumTree} are summed. The order of additions is the tree's in all
 * three cases; what differs is how many results reach the driver.
 */
enum SumPlace {
  /** The driver collects the leaves and sums the whole tree: no shuffle, for small results. */
  DRIVER,
  /** Executors sum the inner levels through shuffles, the driver their topmost nodes. */
  TOP_ON_DRIVER,
  /** One executor sums the root too, and the driver gets a single result. */
  EXECUTORS;

  /** Collecting more than this in one job is slower than a shuffle. */
  private static final long SMALL = 64L << 20;

  /** What a task's result takes besides its numbers: class names, metrics. */
  private static final long FRAMING = 16L << 10;

  /**
   * Chooses by bytes. Leaves are collected where they take at most a quarter of the limit; half of
   * it is left free for results that are sent twice, by speculative or repeated tasks.
   *
   * @param resultBytes bytes of one result
   * @param maxResultSize bytes of results that may reach the driver in one job
   * @throws IllegalArgumentException if not even one result fits
   */
  static SumPlace choose(SumTree tree, long resultBytes, long maxResultSize) {
    long bytes = resultBytes + FRAMING;
    if (bytes > maxResultSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "What a partition yields for this network takes %,d bytes, but only %,d may reach the"
                  + " driver: raise spark.driver.maxResultSize and spark.driver.memory, or use a narrower"
                  + " network.",
              bytes,
              maxResultSize));
    }
    if (tree.width(0) * bytes <= Math.min(maxResultSize / 4, SMALL)) {
      return DRIVER;
    }
    return tree.width(tree.innerLevels()) * bytes <= maxResultSize / 2 ? TOP_ON_DRIVER : EXECUTORS;
  }
}
