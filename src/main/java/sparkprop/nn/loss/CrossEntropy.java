package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Cross-entropy, the negative log-likelihood of a row's class: fused with softmax (one distribution
 * over the classes) or with logistic (classes judged one by one).
 *
 * @param text canonical text
 * @param smoothing share of the wanted probability that is spread over all classes, at least 0 and
 *     below 1
 */
record CrossEntropy(String text, double smoothing) implements LossSpec {
  static final Signature SIGNATURE =
      Signature.of(
          "crossEntropy",
          Parameter.number("labelSmoothing", Range.atLeast(0).below(1)).orElse(0.0));

  static CrossEntropy of(Arguments a) {
    return new CrossEntropy(a.text(), a.number("labelSmoothing"));
  }

  @Override
  public String suits() {
    return "softmax";
  }

  @Override
  public Head head(Activation output, int width) {
    return switch (output.text()) {
      case "softmax" -> new SoftmaxCrossEntropy(text, smoothing, output, width);
      case "logistic" -> new LogisticCrossEntropy(text, smoothing, output, width);
      default ->
          throw new IllegalArgumentException(
              ("Loss %s and outputActivation %s do not fit: crossEntropy takes softmax or logistic;"
                      + " squaredError takes any that rises.")
                  .formatted(text, output.text()));
    };
  }
}
