package sparkprop.optim.schedule;

import sparkprop.text.Signature;

/** The step size as it is, always. */
record Constant() implements StepSizeSchedule {
  static final Signature SIGNATURE = Signature.of("constant");

  @Override
  public double factor(double pass, int maxIter, int plateaus) {
    return 1;
  }

  @Override
  public boolean isConstant() {
    return true;
  }
}
