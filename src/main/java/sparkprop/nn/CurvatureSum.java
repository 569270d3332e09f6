package sparkprop.nn;

import java.io.Serializable;

/**
 * What slices add up for a second-order solver, in double precision: the Gauss-Newton matrix of the
 * summed loss, its gradient, and the loss itself.
 */
public final class CurvatureSum implements Serializable, Additive<CurvatureSum> {
  private static final long serialVersionUID = 1;

  private final double[] matrix;
  private final double[] gradient;
  private double lossSum;
  private double weightSum;

  /**
   * A sum of one's own.
   *
   * @param matrix the upper triangle column by column, n (n + 1) / 2 numbers; not copied
   * @param gradient n numbers; not copied
   */
  public CurvatureSum(double[] matrix, double[] gradient, double lossSum, double weightSum) {
    this.matrix = matrix;
    this.gradient = gradient;
    this.lossSum = lossSum;
    this.weightSum = weightSum;
  }

  @Override
  public void add(CurvatureSum other) {
    if (other.gradient.length != gradient.length) {
      throw new IllegalArgumentException(
          "A sum over %d weights cannot be added to one over %d: they are of different networks."
              .formatted(other.gradient.length, gradient.length));
    }
    plus(matrix, other.matrix);
    plus(gradient, other.gradient);
    lossSum += other.lossSum;
    weightSum += other.weightSum;
  }

  private static void plus(double[] sum, double[] added) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += added[i];
    }
  }

  /**
   * Sum over rows of weight times {@code J^T B J}: J is the derivative of the last weighted inputs
   * by the weights, B the second derivative of the loss by those (for squared error without that of
   * the output activation). The upper triangle column by column: element (i, j), i at most j,
   * stands at {@code j (j + 1) / 2 + i}.
   */
  public double[] matrix() {
    return matrix;
  }

  /** The gradient of the sum over rows of weight times loss. */
  public double[] gradient() {
    return gradient;
  }

  /** Sum over rows of weight times loss. */
  public double lossSum() {
    return lossSum;
  }

  /** Sum of the rows' weights. */
  public double weightSum() {
    return weightSum;
  }

  /** How many bytes a sum over so many weights takes, but for a few of framing. */
  public static long bytes(long weights) {
    return 8 * (weights * (weights + 1) / 2 + weights + 2);
  }
}
