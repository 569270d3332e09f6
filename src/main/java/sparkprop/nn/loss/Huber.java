package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Squared up to an error of delta, absolute beyond: {@code r^2 / 2} where {@code |r| <= delta},
 * else {@code delta (|r| - delta / 2)}, with r = a - t (Huber 1964).
 *
 * @param text canonical text
 * @param delta above 0; in standard deviations of the target where that is standardized
 */
record Huber(String text, double delta) implements LossSpec, ElementError {
  static final Signature SIGNATURE =
      Signature.of("huber", Parameter.number("delta", Range.above(0)).orElse(1.0).positional());

  static Huber of(Arguments a) {
    return new Huber(a.text(), a.number("delta"));
  }

  @Override
  public String suits() {
    return "identity";
  }

  @Override
  public Head head(Activation output, int width) {
    return ElementErrorHead.of(text, output, this, width);
  }

  @Override
  public double value(double a, double t) {
    double r = Math.abs(a - t);
    return r <= delta ? r * r / 2 : delta * (r - delta / 2);
  }

  @Override
  public double slope(double a, double t) {
    return Math.max(-delta, Math.min(delta, a - t));
  }
}
