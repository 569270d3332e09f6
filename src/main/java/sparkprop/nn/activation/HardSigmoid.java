package sparkprop.nn.activation;

/** {@code f(z) = min(max(z + 3, 0), 6) / 6}, {@code f'(z)} = 1/6 between -3 and 3, else 0. */
record HardSigmoid() implements Activation {
  @Override
  public String text() {
    return "hardSigmoid";
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      a[i] = Math.min(6f, Math.max(0f, z[i] + 3f)) / 6f;
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      delta[i] *= Step.at(3f - Math.abs(z[i])) / 6f;
    }
  }
}
