package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * The head of a regression whose loss is an {@link ElementError}.
 *
 * @param loss canonical text
 * @param activation the output activation
 * @param error of one output
 * @param scalable whether the error of targets in another unit is the same but for its unit
 * @param takesNegatives whether a target may be below 0
 * @param outputs numbers in a target
 */
record ElementErrorHead(
    String loss,
    Activation activation,
    ElementError error,
    boolean scalable,
    boolean takesNegatives,
    int outputs)
    implements RegressionHead {

  /** The head of an error that any target may have, in any unit. */
  static ElementErrorHead of(String loss, Activation activation, ElementError error, int outputs) {
    return new ElementErrorHead(loss, activation, error, true, true, outputs);
  }

  @Override
  public boolean takesAnyUnit() {
    return scalable && activation.text().equals("identity");
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new ElementErrorPass(activation, error, outputs, capacity);
  }
}
