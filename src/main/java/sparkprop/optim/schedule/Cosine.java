package sparkprop.optim.schedule;

import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Rises linearly for some passes, then falls along half a cosine to 0 at {@code maxIter}: {@code (1
 * + cos(pi (pass - warmup) / (maxIter - warmup))) / 2} (Loshchilov and Hutter 2017, without
 * restarts; the warm-up is that of Goyal et al. 2017). The first update of a warm-up has factor 0.
 *
 * @param warmup passes in which it rises, at least 0; with as many as {@code maxIter} it never
 *     falls
 */
record Cosine(double warmup) implements StepSizeSchedule {
  static final Signature SIGNATURE =
      Signature.of("cosine", Parameter.number("warmup", Range.atLeast(0)).orElse(0.0));

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    if (pass < warmup) {
      return pass / warmup;
    }
    double span = maxIter - warmup;
    return span <= 0 ? 1 : Arc.between(1, 0, (pass - warmup) / span);
  }

  @Override
  public boolean dependsOnMaxIter() {
    return true;
  }
}
