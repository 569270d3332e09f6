package sparkprop.nn.activation;

import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * {@code f(z) = max(0, z) + slope min(0, z)}, {@code f'(z)} = 1 above 0, else slope.
 *
 * @param slope the slope for negative z
 */
record LeakyRelu(double slope) implements Activation {
  static final Signature SIGNATURE =
      Signature.of("leakyRelu", Parameter.number("slope", Range.any()).orElse(0.01).positional());

  @Override
  public String text() {
    return SIGNATURE.print(slope);
  }

  @Override
  public String initialiser() {
    return "heUniform";
  }

  @Override
  public void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    float below = (float) slope;
    for (int i = 0; i < size; i++) {
      a[i] = Math.max(0f, z[i]) + below * Math.min(0f, z[i]);
    }
  }

  @Override
  public void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    float below = (float) slope;
    for (int i = 0; i < size; i++) {
      float step = Step.at(z[i]);
      delta[i] *= step + below * (1f - step);
    }
  }
}
