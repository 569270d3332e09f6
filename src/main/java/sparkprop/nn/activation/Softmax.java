package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/**
 * {@code f(z)_j = exp(z_j) / sum_k exp(z_k)} over each row, the row's largest z subtracted first so
 * that nothing overflows; backward {@code dC/dz_j = a_j (dC/da_j - sum_k a_k dC/da_k)}.
 */
record Softmax() implements Activation {
  @Override
  public String text() {
    return "softmax";
  }

  @Override
  public boolean elementwise() {
    return false;
  }

  @Override
  public String initialiser() {
    return "glorotUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    FloatFunctions.softmax(z, a, rows, cols);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    for (int row = 0; row < rows; row++) {
      int from = row * cols;
      double mean = 0;
      for (int i = from; i < from + cols; i++) {
        mean += (double) a[i] * delta[i];
      }
      float m = (float) mean;
      for (int i = from; i < from + cols; i++) {
        delta[i] = a[i] * (delta[i] - m);
      }
    }
  }
}
