package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/** {@code f(z) = tanh(z)}, {@code f'(z) = 1 - a^2}. */
record Tanh() implements Activation {
  @Override
  public String text() {
    return "tanh";
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    FloatFunctions.tanh(z, 0, a, 0, rows * cols);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      // As a product: 1 - a * a would lose the last digits near saturation.
      delta[i] *= (1f - a[i]) * (1f + a[i]);
    }
  }
}
