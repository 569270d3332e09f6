package sparkprop.train;

/**
 * The objectives that a pass has met, as sums over its mini-batches.
 *
 * @param first the first mini-batch's objective
 * @param objectiveSum objectives, each times its mini-batch's sum of row weights; no finite number
 *     if one of them was none, after which no update is made
 * @param weightSum sums of row weights
 */
public record PassSums(double first, double objectiveSum, double weightSum) {
  /** Before the first mini-batch. */
  public static final PassSums NONE = new PassSums(Double.NaN, 0, 0);

  /** With one more mini-batch. */
  public PassSums plus(double objective, double weight) {
    return new PassSums(
        weightSum == 0 ? objective : first, objectiveSum + objective * weight, weightSum + weight);
  }

  /** With what was met after this. */
  public PassSums and(PassSums later) {
    return new PassSums(
        weightSum == 0 ? later.first : first,
        objectiveSum + later.objectiveSum,
        weightSum + later.weightSum);
  }

  /** The weighted mean of the objectives. */
  public double mean() {
    return objectiveSum / weightSum;
  }
}
