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
   * lowest class); 0 where rightness has no meaning.
   */
  double correct(float[] z, float[] targets, float[] weights, int rows);
}
