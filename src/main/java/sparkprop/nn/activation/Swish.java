package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/**
 * {@code f(z) = z s(z)} with s the logistic function, also called SiLU; {@code f'(z) = s + a (1 -
 * s)}. Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units", 2018.
 */
record Swish() implements Tiled {
  @Override
  public String text() {
    return "swish";
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    FloatFunctions.logistic(z, from, t, 0, count);
    for (int i = 0; i < count; i++) {
      a[from + i] = z[from + i] * t[i];
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    FloatFunctions.logistic(z, from, t, 0, count);
    for (int i = 0; i < count; i++) {
      delta[from + i] *= t[i] + a[from + i] * (1f - t[i]);
    }
  }
}
