package sparkprop.optim;

import java.util.List;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * RMSprop of Tieleman and Hinton (Coursera lecture 6.5, 2012), in PyTorch's form: {@code v = decay
 * v + (1 - decay) g^2}, direction {@code g / (sqrt(v) + epsilon)}.
 *
 * @param decay the share of the mean squared gradient kept, at least 0 and below 1; 0.9 by default,
 *     as in the lecture
 * @param epsilon keeps the quotient finite where gradients vanish; at least 1e-12, for the reason
 *     that {@link Adam} gives; 1e-8 by default
 */
record RmsProp(double decay, double epsilon) implements GradientTransform {
  static final Signature SIGNATURE =
      Signature.of(
          "rmsprop",
          Parameter.number("decay", Range.atLeast(0).below(1)).orElse(0.9),
          Parameter.number("epsilon", Range.atLeast(1e-12)).orElse(1e-8));

  private static final String MEAN_SQUARE = "meanSquare";

  @Override
  public List<String> slots() {
    return List.of(MEAN_SQUARE);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float[] meanSquare = state.slot(MEAN_SQUARE);
    float kept = (float) decay;
    float added = (float) (1 - decay);
    float small = (float) epsilon;
    float flush = Denormals.FLUSH;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float v = kept * meanSquare[i] + added * (g * g) + flush - flush;
      meanSquare[i] = v;
      gradient[i] = g / ((float) Math.sqrt(v) + small);
    }
  }
}
