package sparkprop.optim.schedule;

/** Half a cosine from one number to another. */
final class Arc {
  private Arc() {}

  /**
   * The number at a share of the way.
   *
   * @param share 0 at the beginning, 1 at the end and beyond
   */
  static double between(double from, double to, double share) {
    double left = (1 + StrictMath.cos(Math.PI * Math.min(1, share))) / 2;
    return to + (from - to) * left;
  }
}
