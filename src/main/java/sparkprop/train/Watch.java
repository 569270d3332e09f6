package sparkprop.train;

/**
 * Watches a loss for the moment to stop: when for {@code patience} passes running it has not fallen
 * below its best by more than {@code tol * max(|best|, 1e-12)}. The best is the lowest so far, by
 * however little.
 */
final class Watch {
  private final double tol;
  private final int patience;
  private double best = Double.POSITIVE_INFINITY;
  private int bestPass;
  private int passes;
  private int standing;

  /**
   * @param patience 0 never stops
   */
  Watch(double tol, int patience) {
    this.tol = tol;
    this.patience = patience;
  }

  /** Takes in the loss of the next pass; returns whether it is the lowest so far. */
  boolean isBest(double loss) {
    passes++;
    // The first pass is no lower than anything, but infinity minus a margin is not a number.
    boolean improved = bestPass == 0 || loss < best - tol * Math.max(Math.abs(best), 1e-12);
    standing = improved ? 0 : standing + 1;
    if (loss < best) {
      best = loss;
      bestPass = passes;
      return true;
    }
    return false;
  }

  boolean isOver() {
    return patience > 0 && standing >= patience;
  }

  /** Begins to count anew; the best stands. */
  void countAnew() {
    standing = 0;
  }

  /** The pass of the lowest loss, from 1; 0 before the first. */
  int bestPass() {
    return bestPass;
  }
}
