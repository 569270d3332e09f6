package sparkprop.optim.schedule;

import sparkprop.text.Signature;

/**
 * One cycle over all passes (Smith and Topin 2018), with the numbers of PyTorch's OneCycleLR: up
 * from 1/25 along half a cosine over the first 30 % of {@code maxIter}, then down to 1/25 of a ten
 * thousandth. The step size set is the largest that is reached.
 */
record OneCycle() implements StepSizeSchedule {
  static final Signature SIGNATURE = Signature.of("oneCycle");

  private static final double RISE = 0.3;
  private static final double FIRST = 1 / 25.0;
  private static final double LAST = FIRST / 1e4;

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    double share = pass / maxIter;
    return share < RISE
        ? Arc.between(FIRST, 1, share / RISE)
        : Arc.between(1, LAST, (share - RISE) / (1 - RISE));
  }

  @Override
  public boolean dependsOnMaxIter() {
    return true;
  }
}
