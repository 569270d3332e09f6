package sparkprop.nn.activation;

/**
 * {@code f(z) = scale elu(z)} with alpha = 1.6733 and scale = 1.0507, which keep mean 0 and
 * variance 1 from layer to layer where weights are drawn with variance 1 / fanIn: Klambauer,
 * Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017, equation 2 and
 * section 3; the digits are those of their appendix.
 */
record Selu() implements Tiled {
  private static final double ALPHA = 1.6732632423543772;
  private static final double SCALE = 1.0507009873554805;

  @Override
  public String text() {
    return "selu";
  }

  @Override
  public String initialiser() {
    return "lecunNormal";
  }

  @Override
  public void forward(float[] z, float[] a, int from, int count, float[] t) {
    Elu.forward((float) SCALE, (float) (SCALE * ALPHA), z, a, from, count, t);
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t) {
    Elu.backward((float) SCALE, (float) (SCALE * ALPHA), z, a, delta, from, count);
  }
}
