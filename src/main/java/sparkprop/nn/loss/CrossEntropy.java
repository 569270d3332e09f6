package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * Cross-entropy, the negative log-likelihood of a row's class: fused with softmax (one distribution
 * over the classes) or with logistic (classes judged one by one).
 */
record CrossEntropy() implements LossSpec {
  static final String TEXT = "crossEntropy";

  @Override
  public String suits() {
    return "softmax";
  }

  @Override
  public Head head(Activation output, int width) {
    return switch (output.text()) {
      case "softmax" -> new SoftmaxCrossEntropy(output, width);
      case "logistic" -> new LogisticCrossEntropy(output, width);
      default ->
          throw new IllegalArgumentException(
              "Loss crossEntropy and outputActivation "
                  + output.text()
                  + " do not fit: crossEntropy takes softmax or logistic; squaredError takes any that"
                  + " rises.");
    };
  }
}
