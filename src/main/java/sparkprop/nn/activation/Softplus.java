package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/** {@code f(z) = log(1 + exp(z))}, {@code f'(z)} = logistic(z). */
record Softplus() implements Tiled {
  @Override
  public String text() {
    return "softplus";
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    FloatFunctions.softplus(z, from, a, from, count);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    FloatFunctions.logistic(z, from, t, 0, count);
    for (int i = 0; i < count; i++) {
      delta[from + i] *= t[i];
    }
  }
}
