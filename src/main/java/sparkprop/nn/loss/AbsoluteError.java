package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/** {@code |a - t|}, least where a is the median of the targets. */
record AbsoluteError() implements LossSpec, ElementError {
  static final String TEXT = "absoluteError";

  @Override
  public String suits() {
    return "identity";
  }

  @Override
  public Head head(Activation output, int width) {
    return ElementErrorHead.of(TEXT, output, this, width);
  }

  @Override
  public double value(double a, double t) {
    return Math.abs(a - t);
  }

  @Override
  public double slope(double a, double t) {
    return Math.signum(a - t);
  }
}
