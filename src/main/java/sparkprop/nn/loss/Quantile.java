package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * {@code q (t - a)} where the answer is too small, {@code (1 - q) (a - t)} where it is too large:
 * least where a share q of the targets lies below a (Koenker and Bassett 1978).
 *
 * @param text canonical text
 * @param q the quantile, between 0 and 1
 */
record Quantile(String text, double q) implements LossSpec, ElementError {
  static final Signature SIGNATURE =
      Signature.of(
          "quantile", Parameter.number("q", Range.above(0).below(1)).orElse(0.5).positional());

  static Quantile of(Arguments a) {
    return new Quantile(a.text(), a.number("q"));
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
    return Math.max(q * (t - a), (1 - q) * (a - t));
  }

  @Override
  public double slope(double a, double t) {
    return a == t ? 0 : a < t ? -q : a > t ? 1 - q : Double.NaN;
  }
}
