package sparkprop.optim;

import java.util.Arrays;
import java.util.List;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Resilient backpropagation without backtracking, iRprop- of Igel and Hüsken (2000) after
 * Riedmiller and Braun (1993): each weight has a step of its own, of which the gradient gives the
 * sign only. It grows while the sign stays and shrinks when it turns, after which it stands still
 * once. As in PyTorch.
 *
 * <pre>
 * s = g g'                 step = step * (s &gt; 0 ? growth : s &lt; 0 ? shrinkage : 1), from min to max
 * g = 0 where s &lt; 0        w = w - sign(g) step
 * </pre>
 *
 * <p>All steps begin at the step size, which then stays as it is. Signs are those of the whole
 * input's gradient: a mini-batch's are too uncertain. Neither clipping nor an L1 penalty means
 * anything to signs.
 *
 * @param shrinkage above 0 and below 1; 0.5 by default
 * @param growth above 1; 1.2 by default
 * @param min the smallest step, at least 1e-30; 1e-6 by default
 * @param max the largest step; 50 by default
 */
record Rprop(double shrinkage, double growth, double min, double max) implements GradientTransform {
  static final Signature SIGNATURE =
      Signature.of(
          "rprop",
          Parameter.number("shrinkage", Range.above(0).below(1)).orElse(0.5).positional(),
          Parameter.number("growth", Range.above(1)).orElse(1.2).positional(),
          Parameter.number("min", Range.atLeast(1e-30)).orElse(1e-6),
          Parameter.number("max", Range.above(0)).orElse(50.0));

  private static final String PREVIOUS = "previousGradient";
  private static final String STEP = "step";

  static Rprop of(Arguments arguments) {
    double min = arguments.number("min");
    double max = arguments.number("max");
    if (min > max) {
      throw new IllegalArgumentException(
          "The smallest step of rprop is %s, above its largest, %s: set min below max."
              .formatted(min, max));
    }
    return new Rprop(arguments.number("shrinkage"), arguments.number("growth"), min, max);
  }

  @Override
  public List<String> slots() {
    return List.of(PREVIOUS, STEP);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float[] previous = state.slot(PREVIOUS);
    float[] step = state.slot(STEP);
    float smallest = (float) min;
    float largest = (float) max;
    // What the optimizer multiplies directions by.
    float unit = (float) state.stepSize();
    if (state.steps() == 1) {
      Arrays.fill(step, from, to, unit);
    }
    for (int i = from; i < to; i++) {
      float agreement = Math.signum(gradient[i]) * Math.signum(previous[i]);
      float factor = agreement > 0 ? (float) growth : agreement < 0 ? (float) shrinkage : 1f;
      step[i] = Math.max(smallest, Math.min(largest, step[i] * factor));
      previous[i] = agreement < 0 ? 0 : gradient[i];
      gradient[i] = Math.signum(previous[i]) * step[i] / unit;
    }
  }
}
