package sparkprop.train.step;

/**
 * The share of every partition in one update: partition p contributes the rows at positions {@code
 * from(p)} (inclusive) to {@code to(p)} (exclusive) of its own order of the pass. A slice may be
 * empty.
 */
final class MiniBatch {
  private final long[] from;
  private final long[] to;

  MiniBatch(long[] from, long[] to) {
    this.from = from;
    this.to = to;
  }

  long from(int partition) {
    return from[partition];
  }

  long to(int partition) {
    return to[partition];
  }

  /** Rows that a partition contributes; an int, since no slice holds more rows than a batch. */
  int rows(int partition) {
    return Math.toIntExact(to[partition] - from[partition]);
  }
}
