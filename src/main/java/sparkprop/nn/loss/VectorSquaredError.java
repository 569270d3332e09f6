package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * Squared error of a regression.
 *
 * @param activation the output activation
 * @param outputs numbers in a target
 */
record VectorSquaredError(Activation activation, int outputs) implements RegressionHead {
  /** {@code squaredError} of a text. */
  record Spec() implements LossSpec {
    @Override
    public String suits() {
      return "identity";
    }

    @Override
    public Head head(Activation output, int width) {
      return new VectorSquaredError(output, width);
    }
  }

  @Override
  public String loss() {
    return "squaredError";
  }

  @Override
  public boolean takesAnyUnit() {
    return activation.text().equals("identity");
  }

  @Override
  public int curvatureRank() {
    return units();
  }

  @Override
  public boolean sumOfSquares() {
    return true;
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new SquaredErrorPass(activation, outputs, capacity);
  }
}
