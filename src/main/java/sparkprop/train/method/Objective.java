package sparkprop.train.method;

/**
 * What a whole-batch solver makes small: a smooth function of the weights, the same at each call.
 */
interface Objective {
  /**
   * The function at some weights.
   *
   * @param value in double precision
   * @param gradient one number for each trainable weight
   */
  // Handed on, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Point(double value, float[] gradient) {}

  /**
   * Value and gradient.
   *
   * @param weights the flat array, not changed
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  Point at(float[] weights) throws InterruptedException;

  /**
   * Sets the layers' running statistics to those at the weights that were asked for last.
   *
   * @param weights these weights, whose statistics are changed in place
   */
  default void settle(float[] weights) {}
}
