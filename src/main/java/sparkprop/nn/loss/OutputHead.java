package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * What most heads share: they classify, have an output activation and a unit for each output, so
 * that raw is z.
 */
interface OutputHead extends Head {
  /** The output activation. */
  Activation activation();

  @Override
  default Task task() {
    return Task.CLASSIFICATION;
  }

  @Override
  default String outputActivation() {
    return activation().text();
  }

  @Override
  default String initialiser() {
    return activation().initialiser();
  }

  @Override
  default int units() {
    return outputs();
  }

  @Override
  default int targetWidth() {
    return 1;
  }

  @Override
  default void raw(float[] z, float[] raw, int rows) {
    System.arraycopy(z, 0, raw, 0, rows * outputs());
  }
}
