package sparkprop.nn.loss;

/** One task's workspace for a {@link Head}. */
public interface HeadPass {
  /**
   * The loss of a training chunk and its derivative.
   *
   * @param z {@code z[L]}, rows x units from index 0; read only
   * @param targets rows x targetWidth
   * @param weights each row's weight w
   * @param delta receives {@code d[L] = w dC/dz}, rows x units
   * @return the sum over rows of {@code w * loss}, in double precision
   */
  double lossAndDelta(float[] z, float[] targets, float[] weights, int rows, float[] delta);

  /** The same sum without the derivative. */
  double loss(float[] z, float[] targets, float[] weights, int rows);

  /**
   * The sum of the weights of rows whose prediction is right, for a classifier (ties go to the
   * lowest class); NaN where rightness has no meaning.
   */
  double correct(float[] z, float[] targets, float[] weights, int rows);

  /**
   * A row of the factor S of the loss's curvature {@code S^T S} for the first row of the chunk that
   * {@link #lossAndDelta} was shown last, times the root of that row's weight.
   *
   * @param z as it was shown
   * @param weight the row's weight
   * @param k which row of S, below {@link Head#curvatureRank}
   * @param delta receives {@code sqrt(w) S^T e_k}, one row of units
   */
  default void curvatureRow(float[] z, float weight, int k, float[] delta) {
    throw new UnsupportedOperationException("This loss has no curvature.");
  }
}
