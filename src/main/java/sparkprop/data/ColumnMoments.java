package sparkprop.data;

import java.io.Serializable;

/**
 * Weighted mean and variance of every column in double precision, one row at a time.
 *
 * <p>Only non-zero entries are looked at: each column keeps sum of weights W, mean m and sum of
 * squared deviations M of its non-zeros, updated as West (1979) does, m' = m + (w / W') (x - m) and
 * M' = M + w (x - m)(x - m'), and merged as Chan, Golub and LeVeque (1983) do. The zeros are one
 * more group, of mean 0 and no deviation, merged in last. A column whose value never changes has a
 * deviation of exactly 0.
 */
final class ColumnMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] weights;
  private final double[] means;
  private final double[] squares;
  private double totalWeight;
  private long nonZeros;

  ColumnMoments(int columns) {
    weights = new double[columns];
    means = new double[columns];
    squares = new double[columns];
  }

  void add(NonZeros row, double weight) {
    int[] indices = row.indices();
    double[] values = row.values();
    totalWeight += weight;
    nonZeros += row.count();
    for (int k = 0; k < row.count(); k++) {
      int j = indices[k];
      double sum = weights[j] + weight;
      double delta = values[k] - means[j];
      means[j] += delta * (weight / sum);
      squares[j] += weight * delta * (values[k] - means[j]);
      weights[j] = sum;
    }
  }

  /** Takes in the rows that follow. */
  void add(ColumnMoments next) {
    totalWeight += next.totalWeight;
    nonZeros += next.nonZeros;
    for (int j = 0; j < weights.length; j++) {
      if (next.weights[j] > 0) {
        double sum = weights[j] + next.weights[j];
        double share = next.weights[j] / sum;
        double delta = next.means[j] - means[j];
        means[j] += delta * share;
        squares[j] += next.squares[j] + delta * delta * weights[j] * share;
        weights[j] = sum;
      }
    }
  }

  long nonZeros() {
    return nonZeros;
  }

  /** Mean of each column, its zeros included. */
  double[] means() {
    double[] result = new double[means.length];
    for (int j = 0; j < result.length; j++) {
      // A column without zeros has the same sum of weights, added in the same order: the ratio is
      // 1.
      result[j] = totalWeight > 0 ? means[j] * (weights[j] / totalWeight) : 0;
    }
    return result;
  }

  /**
   * Standard deviation of each column, its zeros included: the square root of the weighted mean
   * square, so that a row of weight k counts as k rows of weight 1.
   */
  double[] deviations() {
    double[] result = new double[means.length];
    for (int j = 0; j < result.length; j++) {
      double zeros = Math.max(0, totalWeight - weights[j]);
      double between =
          totalWeight > 0 ? means[j] * means[j] * weights[j] * (zeros / totalWeight) : 0;
      result[j] = totalWeight > 0 ? Math.sqrt((squares[j] + between) / totalWeight) : 0;
    }
    return result;
  }
}
