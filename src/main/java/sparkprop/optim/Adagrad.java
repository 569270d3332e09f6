package sparkprop.optim;

import java.util.List;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Adagrad of Duchi, Hazan and Singer (2011), in PyTorch's form: {@code s = s + g^2}, direction
 * {@code g / (sqrt(s) + epsilon)}.
 *
 * @param epsilon keeps the quotient finite where there was no gradient yet; at least 1e-30, 1e-10
 *     by default
 */
record Adagrad(double epsilon) implements GradientTransform {
  static final Signature SIGNATURE =
      Signature.of("adagrad", Parameter.number("epsilon", Range.atLeast(1e-30)).orElse(1e-10));

  private static final String SQUARE_SUM = "squareSum";

  @Override
  public List<String> slots() {
    return List.of(SQUARE_SUM);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float[] squareSum = state.slot(SQUARE_SUM);
    float small = (float) epsilon;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float s = squareSum[i] + g * g;
      squareSum[i] = s;
      gradient[i] = g / ((float) Math.sqrt(s) + small);
    }
  }
}
