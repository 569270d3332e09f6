package sparkprop.nn.activation;

/** {@code f(z) = max(0, z)}, {@code f'(z)} = 1 above 0, else 0. */
record Relu() implements Activation {
  @Override
  public String text() {
    return "relu";
  }

  /** He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015. */
  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      a[i] = Math.max(0f, z[i]);
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    for (int i = 0; i < size; i++) {
      delta[i] *= Step.at(z[i]);
    }
  }
}
