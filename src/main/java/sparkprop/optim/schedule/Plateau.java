package sparkprop.optim.schedule;

import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Falls whenever the watched loss has stood still: {@code factor^plateaus}. Progress is what {@code
 * tol} says, watched is what {@code patience} watches.
 *
 * @param factor what each plateau leaves, above 0 and below 1
 * @param patience passes without progress that are borne; one more makes a plateau, as in PyTorch;
 *     at least 1
 */
record Plateau(double factor, int patience) implements StepSizeSchedule {
  static final Signature SIGNATURE =
      Signature.of(
          "plateau",
          Parameter.number("factor", Range.above(0).below(1)).orElse(0.5),
          Parameter.whole("patience", Range.atLeast(1)).orElse(3));

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    return StrictMath.pow(factor, plateaus);
  }
}
