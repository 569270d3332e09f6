package sparkprop.train.step;

/**
 * The share of every partition in one update: partition p contributes the rows at positions {@code
 * from(p)} (inclusive) to {@code to(p)} (exclusive) of its own order of the pass. A slice may be
 * empty.
 */
public final class MiniBatch {
  private final int update;
  private final long[] from;
  private final long[] to;

  MiniBatch(int update, long[] from, long[] to) {
    this.update = update;
    this.from = from;
    this.to = to;
  }

  /** Number of the update in its pass, from 0. */
  public int update() {
    return update;
  }

  public int partitions() {
    return to.length;
  }

  public long from(int partition) {
    return from[partition];
  }

  public long to(int partition) {
    return to[partition];
  }

  /** Rows that a partition contributes; an int, since no slice holds more rows than a batch. */
  public int rows(int partition) {
    return Math.toIntExact(to[partition] - from[partition]);
  }
}
