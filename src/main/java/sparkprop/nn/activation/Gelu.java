package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;

/**
 * {@code f(z) = z P(z)} with P the normal distribution function, {@code P(z) = (1 + erf(z / sqrt
 * 2)) / 2}; {@code f'(z) = P(z) + z p(z)} with p the normal density. Hendrycks and Gimpel,
 * "Gaussian error linear units", 2016; the exact form, not the one with tanh.
 */
record Gelu() implements Tiled {
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float PEAK = (float) (1 / Math.sqrt(2 * Math.PI));

  @Override
  public String text() {
    return "gelu";
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    erf(z, from, count, t);
    for (int i = 0; i < count; i++) {
      a[from + i] = 0.5f * z[from + i] * (1f + t[i]);
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    erf(z, from, count, t);
    for (int i = 0; i < count; i++) {
      t[count + i] = -0.5f * z[from + i] * z[from + i];
    }
    FloatFunctions.exp(t, count, t, count, count);
    for (int i = 0; i < count; i++) {
      // Where z * z overflows, exp is 0, and so is its product with z.
      delta[from + i] *= 0.5f * (1f + t[i]) + PEAK * z[from + i] * t[count + i];
    }
  }

  private static void erf(float[] z, int from, int count, float[] t) {
    for (int i = 0; i < count; i++) {
      t[i] = SQRT_HALF * z[from + i];
    }
    FloatFunctions.erf(t, 0, t, 0, count);
  }
}
