package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/**
 * {@code f(z) = z tanh(softplus(z))}; Misra, "Mish: a self regularized non-monotonic activation
 * function", 2019. With {@code u = exp(z)} and {@code n = u (u + 2)} the tanh is {@code n / (n +
 * 2)}, so one exp does, and {@code f'(z) = n / (n + 2) + z * 4 u (u + 1) / (n + 2)^2}.
 */
record Mish() implements Tiled {
  /** From here on f(z) = z and f'(z) = 1 in float32, and n is far from overflow. */
  private static final float TOP = 20f;

  @Override
  public String text() {
    return "mish";
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    exp(z, from, count, t);
    for (int i = 0; i < count; i++) {
      float n = t[i] * (t[i] + 2f);
      a[from + i] = z[from + i] * (n / (n + 2f));
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    exp(z, from, count, t);
    for (int i = 0; i < count; i++) {
      float u = t[i];
      float n = u * (u + 2f);
      float r = 1f / (n + 2f);
      delta[from + i] *= n * r + Math.min(TOP, z[from + i]) * (4f * u * r) * ((u + 1f) * r);
    }
  }

  private static void exp(float[] z, int from, int count, float[] u) {
    for (int i = 0; i < count; i++) {
      u[i] = Math.min(TOP, z[from + i]);
    }
    FloatFunctions.exp(u, 0, u, 0, count);
  }
}
