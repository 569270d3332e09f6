package sparkprop.optim;

import java.util.List;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Adam of Kingma and Ba (2015), in PyTorch's form. With t the number of the update:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g          direction = m / (1 - beta1^t)
 * v = beta2 v + (1 - beta2) g^2                    / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * @param beta1 the share of the mean gradient kept, at least 0 and below 1
 * @param beta2 the share of the mean squared gradient kept, at least 0 and below 1
 * @param epsilon keeps the quotient finite where gradients vanish; at least 1e-12, since v loses
 *     what is below 4e-28 ({@link Denormals#FLUSH}) and the root of that must stay small beside it
 */
record Adam(double beta1, double beta2, double epsilon) implements GradientTransform {
  private static final Parameter BETA1 =
      Parameter.number("beta1", Range.atLeast(0).below(1)).orElse(0.9);
  private static final Parameter BETA2 =
      Parameter.number("beta2", Range.atLeast(0).below(1)).orElse(0.999);
  private static final Parameter EPSILON =
      Parameter.number("epsilon", Range.atLeast(1e-12)).orElse(1e-8);

  /** Lazy or not, it is the same for each weight; which are updated is the placement's business. */
  static final Signature SIGNATURE =
      Signature.of("adam", BETA1, BETA2, EPSILON, Parameter.flag("lazy").orElse(false));

  /** AdamW of Loshchilov and Hutter (2019): Adam with {@link DecoupledDecay}. */
  static final Signature WITH_DECAY =
      Signature.of(
          "adamW", Parameter.number("decay", Range.atLeast(0)).orElse(0.01), BETA1, BETA2, EPSILON);

  private static final String MEAN = "mean";
  private static final String MEAN_SQUARE = "meanSquare";

  static Adam of(Arguments arguments) {
    return new Adam(
        arguments.number("beta1"), arguments.number("beta2"), arguments.number("epsilon"));
  }

  @Override
  public List<String> slots() {
    return List.of(MEAN, MEAN_SQUARE);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    double correction1 = 1 - power(beta1, state.steps());
    double correction2 = 1 - power(beta2, state.steps());
    step(
        gradient,
        state.slot(MEAN),
        state.slot(MEAN_SQUARE),
        (float) (1 / correction1),
        (float) (1 / Math.sqrt(correction2)),
        from,
        to);
  }

  /** All in float: one double in this loop makes it forty times as slow. */
  private void step(
      float[] gradient,
      float[] mean,
      float[] meanSquare,
      float scale1,
      float scale2,
      int from,
      int to) {
    float kept1 = (float) beta1;
    float new1 = (float) (1 - beta1);
    float kept2 = (float) beta2;
    float new2 = (float) (1 - beta2);
    float small = (float) epsilon;
    float flush = Denormals.FLUSH;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float m = kept1 * mean[i] + new1 * g + flush - flush;
      float v = kept2 * meanSquare[i] + new2 * (g * g) + flush - flush;
      mean[i] = m;
      meanSquare[i] = v;
      gradient[i] = m * scale1 / ((float) Math.sqrt(v) * scale2 + small);
    }
  }

  /** By squaring: Math.pow may differ between machines, and StrictMath.pow allocates. */
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long bits = exponent; bits > 0; bits >>= 1) {
      power *= (bits & 1) == 1 ? square : 1;
      square *= square;
    }
    return power;
  }
}
