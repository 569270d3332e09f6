package sparkprop.optim;

import sparkprop.text.Signature;

/** Plain gradient descent: the direction is the gradient. Without arguments. */
record Sgd() implements GradientTransform {
  static final Signature SIGNATURE = Signature.of("sgd");

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    // The gradient is the direction.
  }
}
