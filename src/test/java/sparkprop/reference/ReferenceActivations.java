package sparkprop.reference;

import java.util.Locale;

/** The activations by name, each with its derivative as calculus gives it. */
public final class ReferenceActivations {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private ReferenceActivations() {}

  /** The activation of a text such as {@code relu} or {@code leakyRelu(0.2)}. */
  public static ReferenceActivation of(String text) {
    return of(Word.of(text).get(0));
  }

  static ReferenceActivation of(Word word) {
    return switch (word.name().toLowerCase(Locale.ROOT)) {
      case "identity" -> new ElementWise(z -> z, z -> 1);
      case "logistic" -> new ElementWise(z -> logistic(z), z -> logistic(z) * (1 - logistic(z)));
      case "tanh" -> new ElementWise(Math::tanh, z -> 1 - square(Math.tanh(z)));
      case "lecuntanh" ->
          new ElementWise(
              z -> 1.7159 * Math.tanh(2 * z / 3),
              z -> 1.7159 * 2 / 3 * (1 - square(Math.tanh(2 * z / 3))));
      case "relu" -> new ElementWise(z -> z > 0 ? z : 0, z -> z > 0 ? 1 : 0, 0);
      case "leakyrelu" -> leakyRelu(word.argument().orElse(0.01));
      case "elu" -> elu(1, word.argument().orElse(1));
      case "selu" -> elu(SELU_SCALE, SELU_ALPHA);
      case "gelu" -> new ElementWise(z -> z * normal(z), z -> normal(z) + z * density(z));
      case "softplus" -> new ElementWise(z -> softplus(z), z -> logistic(z));
      case "softsign" ->
          new ElementWise(z -> z / (1 + Math.abs(z)), z -> 1 / square(1 + Math.abs(z)), 0);
      case "swish" ->
          new ElementWise(
              z -> z * logistic(z), z -> logistic(z) + z * logistic(z) * (1 - logistic(z)));
      case "mish" ->
          new ElementWise(
              z -> z * Math.tanh(softplus(z)),
              z -> Math.tanh(softplus(z)) + z * (1 - square(Math.tanh(softplus(z)))) * logistic(z));
      case "hardsigmoid" ->
          new ElementWise(
              z -> Math.min(Math.max(z + 3, 0), 6) / 6, z -> z > -3 && z < 3 ? 1.0 / 6 : 0, -3, 3);
      case "exponential" -> new ElementWise(Math::exp, Math::exp);
      case "softmax" -> new Softmax();
      default -> throw new IllegalArgumentException("The reference lacks " + word.name() + ".");
    };
  }

  private static ElementWise leakyRelu(double slope) {
    return new ElementWise(z -> z > 0 ? z : slope * z, z -> z > 0 ? 1 : slope, 0);
  }

  private static ElementWise elu(double scale, double alpha) {
    return new ElementWise(
        z -> scale * (z > 0 ? z : alpha * (Math.exp(z) - 1)),
        z -> scale * (z > 0 ? 1 : alpha * Math.exp(z)),
        0);
  }

  private static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static double softplus(double z) {
    return Math.log(1 + Math.exp(z));
  }

  private static double square(double x) {
    return x * x;
  }

  /** Density of the standard normal distribution. */
  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Distribution function of the standard normal distribution, by the series {@code 1/2 +
   * density(z) (z + z^3/3 + z^5/(3 5) + ...)}, all of whose terms have one sign (Abramowitz and
   * Stegun 26.2.11).
   */
  private static double normal(double z) {
    double sum = 0;
    double term = z;
    for (int k = 1; Math.abs(term) > 1e-20; k++) {
      sum += term;
      term *= z * z / (2 * k + 1);
    }
    return 0.5 + density(z) * sum;
  }
}
