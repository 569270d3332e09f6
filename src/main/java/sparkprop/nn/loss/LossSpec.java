package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/** A loss as a text names it, before the output activation and the width are known. */
interface LossSpec {
  /** The text of the output activation that {@code auto} means. */
  String suits();

  /**
   * The head of a network.
   *
   * @param output the output activation
   * @param width number of classes or of targets
   * @throws IllegalArgumentException if the activation does not fit, saying which do
   */
  Head head(Activation output, int width);
}
