package sparkprop.nn.activation;

/** {@code f(z) = z / (1 + |z|)}, {@code f'(z) = 1 / (1 + |z|)^2}. */
record Softsign() implements Activation {
  @Override
  public String text() {
    return "softsign";
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      a[i] = z[i] / (1f + Math.abs(z[i]));
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      float r = 1f / (1f + Math.abs(z[i])); // squared after the division, which cannot overflow
      delta[i] *= r * r;
    }
  }
}
