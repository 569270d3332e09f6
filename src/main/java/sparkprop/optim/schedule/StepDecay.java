package sparkprop.optim.schedule;

import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Falls in steps: {@code factor^floor(pass / every)}.
 *
 * @param every passes from one step to the next, at least 1
 * @param factor what each leaves, above 0 and at most 1
 */
record StepDecay(int every, double factor) implements StepSizeSchedule {
  static final Signature SIGNATURE =
      Signature.of(
          "step",
          Parameter.whole("every", Range.atLeast(1)),
          Parameter.number("factor", Range.above(0).atMost(1)));

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    return StrictMath.pow(factor, Math.floor(pass / every));
  }
}
