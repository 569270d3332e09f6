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

  /** {@code f(z)} of one row in place, in float32 as in training. */
  static void show(Activation activation, double[] raw) {
    float[] a = new float[raw.length];
    for (int k = 0; k < a.length; k++) {
      a[k] = (float) raw[k];
    }
    activation.forward(a, a, 1, a.length);
    for (int k = 0; k < a.length; k++) {
      raw[k] = a[k];
    }
  }

  @Override
  default void raw(float[] z, float[] raw, int rows) {
    System.arraycopy(z, 0, raw, 0, rows * outputs());
  }
}
