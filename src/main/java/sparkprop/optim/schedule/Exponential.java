package sparkprop.optim.schedule;

import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Decays smoothly: {@code decay^pass}.
 *
 * @param decay what is left after one pass, above 0 and at most 1
 */
record Exponential(double decay) implements StepSizeSchedule {
  static final Signature SIGNATURE =
      Signature.of("exponential", Parameter.number("decay", Range.above(0).atMost(1)));

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    return StrictMath.pow(decay, pass);
  }
}
