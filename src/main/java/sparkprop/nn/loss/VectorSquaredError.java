package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * Squared error of a regression: the target is a vector, the answer is {@code f(z)}.
 *
 * @param activation the output activation
 * @param outputs numbers in a target
 */
record VectorSquaredError(Activation activation, int outputs) implements OutputHead {
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
  public Task task() {
    return Task.REGRESSION;
  }

  @Override
  public String loss() {
    return "squaredError";
  }

  @Override
  public int targetWidth() {
    return outputs;
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

  @Override
  public void finish(double[] raw) {
    show(activation, raw);
  }

  /** {@code f(z)} of one row in place, in float32 as in training. */
  static void show(Activation activation, double[] raw) {
    float[] a = new float[raw.length];
    for (int k = 0; k < a.length; k++) {
      a[k] = (float) raw[k];
    }
    activation.forward(a, a, 1, a.length);
    for (int k = 0; k < a.length; k++) {
      raw[k] = a[k];
    }
  }
}
