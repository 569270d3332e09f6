package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/** {@code f(z) = exp(z)}, {@code f'(z) = a}; infinite above z = 88.7. */
record Exponential() implements Activation {
  @Override
  public String text() {
    return "exponential";
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    FloatFunctions.exp(z, 0, a, 0, rows * cols);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      delta[i] *= a[i];
    }
  }
}
