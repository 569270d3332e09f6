package sparkprop.nn.activation;

/** {@code f(z) = z}, {@code f'(z) = 1}. */
record Identity() implements Activation {
  @Override
  public String text() {
    return "identity";
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    System.arraycopy(z, 0, a, 0, rows * cols);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    // dC/dz is dC/da.
  }
}
