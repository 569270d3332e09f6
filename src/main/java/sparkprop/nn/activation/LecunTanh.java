package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/**
 * {@code f(z) = 1.7159 tanh(2z/3)}, {@code f'(z) = 2/3 (1.7159 - a^2 / 1.7159)}. The constants make
 * {@code f(1) = 1}, {@code f(-1) = -1} and put the largest second derivative near those two points,
 * which are therefore good targets: LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998,
 * section 4.4; so does their initialiser, section 4.6.
 */
record LecunTanh() implements Activation {
  private static final float HEIGHT = 1.7159f;
  private static final float STEEPNESS = 2f / 3f;

  @Override
  public String text() {
    return "lecunTanh";
  }

  @Override
  public String initialiser() {
    return "lecunUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      a[i] = STEEPNESS * z[i];
    }
    FloatFunctions.tanh(a, 0, a, 0, size);
    for (int i = 0; i < size; i++) {
      a[i] *= HEIGHT;
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      // As a product, which is exactly 0 where a has reached its limit.
      delta[i] *= (STEEPNESS / HEIGHT) * (HEIGHT - a[i]) * (HEIGHT + a[i]);
    }
  }
}
