package sparkprop.nn;

import java.io.Serializable;

/**
 * The sums over rows that were scored, not trained on.
 *
 * @param lossSum weight times loss, without penalty
 * @param weightSum weights
 * @param correctSum weights of the rows that were classified right; NaN for a regression
 */
public record Evaluation(double lossSum, double weightSum, double correctSum)
    implements Serializable {
  /** Of no rows. */
  public static final Evaluation NONE = new Evaluation(0, 0, 0);

  /** Of both sets of rows. */
  public Evaluation plus(Evaluation other) {
    return new Evaluation(
        lossSum + other.lossSum, weightSum + other.weightSum, correctSum + other.correctSum);
  }

  /** Weighted mean loss. */
  public double loss() {
    return lossSum / weightSum;
  }

  /** Weighted share of rows classified right; NaN for a regression. */
  public double accuracy() {
    return correctSum / weightSum;
  }
}
