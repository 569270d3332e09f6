package sparkprop.train;

/**
 * What is known of a loss that is watched for the moment to stop: when for some passes running it
 * has not fallen below its best by more than {@code tol * max(|best|, 1e-12)}. The best is the
 * lowest so far, by however little.
 *
 * @param best the lowest loss, infinite before the first
 * @param bestPass the pass of the lowest loss, from 1; 0 before the first
 * @param passes how many were seen
 * @param standing passes running without such a fall
 */
public record Watch(double best, int bestPass, int passes, int standing) {
  /** Before the first pass. */
  static final Watch NONE = new Watch(Double.POSITIVE_INFINITY, 0, 0, 0);

  /** After one more pass. */
  Watch after(double loss, double tol) {
    // The first pass is no lower than anything, but infinity minus a margin is not a number.
    boolean improved = bestPass == 0 || loss < best - tol * Math.max(Math.abs(best), 1e-12);
    boolean lowest = loss < best;
    return new Watch(
        lowest ? loss : best,
        lowest ? passes + 1 : bestPass,
        passes + 1,
        improved ? 0 : standing + 1);
  }

  /** Whether the last pass was the best so far. */
  boolean isBest() {
    return passes == bestPass;
  }

  /**
   * Whether it has stood still too long.
   *
   * @param patience passes, 0 for ever
   */
  boolean isOver(int patience) {
    return patience > 0 && standing >= patience;
  }

  /** Begins to count anew; the best stands. */
  Watch countingAnew() {
    return new Watch(best, bestPass, passes, 0);
  }
}
