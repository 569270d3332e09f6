package sparkprop.nn.activation;

import sparkprop.linalg.FloatFunctions;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * {@code f(z)} = z above 0, else {@code alpha (exp(z) - 1)}; {@code f'(z)} = 1 above 0, else {@code
 * alpha exp(z) = a + alpha}. Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network
 * learning by exponential linear units", 2016.
 *
 * @param alpha the limit for large negative z is -alpha
 */
record Elu(double alpha) implements Tiled {
  static final Signature SIGNATURE =
      Signature.of("elu", Parameter.number("alpha", Range.above(0)).orElse(1.0).positional());

  @Override
  public String text() {
    return SIGNATURE.print(alpha);
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    forward(1f, (float) alpha, z, a, from, count, t);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    backward(1f, (float) alpha, z, a, delta, from, count);
  }

  /** {@code a = scale * z} above 0, else {@code depth * (exp(z) - 1)}. */
  static void forward(
      float scale, float depth, float[] z, float[] a, int from, int count, float[] t) {
    for (int i = 0; i < count; i++) {
      t[i] = Math.min(0f, z[from + i]);
    }
    FloatFunctions.expm1(t, 0, t, 0, count);
    for (int i = 0; i < count; i++) {
      a[from + i] = scale * Math.max(0f, z[from + i]) + depth * t[i];
    }
  }

  /** Multiplies delta by the derivative of that, which below 0 is {@code a + depth}. */
  static void backward(
      float scale, float depth, float[] z, float[] a, float[] delta, int from, int count) {
    for (int i = from; i < from + count; i++) {
      float step = Step.at(z[i]);
      delta[i] *= scale * step + (1f - step) * (Math.min(0f, a[i]) + depth);
    }
  }
}
