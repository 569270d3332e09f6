package sparkprop.classification;

import sparkprop.nn.loss.Heads;
import sparkprop.params.NetworkParams;

/** What a classifier's network Params are, beside those of other networks. */
final class ClassifierHead {
  static final NetworkParams.Head PARAMS =
      new NetworkParams.Head(
          "crossEntropy",
          Heads::checkClassificationLoss,
          "what training makes small: crossEntropy, crossEntropy(labelSmoothing=0.1), focal(2),"
              + " squaredError or squaredError(target=0.9)",
          Heads::checkOutputActivation);

  private ClassifierHead() {}
}
