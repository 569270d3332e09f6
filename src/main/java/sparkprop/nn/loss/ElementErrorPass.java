package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/** The workspace of a loss that is an {@link ElementError} of any output activation. */
final class ElementErrorPass implements HeadPass {
  private final Activation activation;
  private final ElementError error;
  private final int units;
  private final float[] a;

  ElementErrorPass(Activation activation, ElementError error, int units, int capacity) {
    this.activation = activation;
    this.error = error;
    this.units = units;
    this.a = new float[capacity * units];
  }

  @Override
  public double lossAndDelta(float[] z, float[] targets, float[] weights, int rows, float[] delta) {
    double sum = loss(z, targets, weights, rows);
    for (int row = 0; row < rows; row++) {
      for (int i = row * units; i < (row + 1) * units; i++) {
        delta[i] = (float) (weights[row] * error.slope(a[i], targets[i]));
      }
    }
    activation.backward(z, a, delta, rows, units);
    return sum;
  }

  /** The loss; leaves the activations in a. */
  @Override
  public double loss(float[] z, float[] targets, float[] weights, int rows) {
    activation.forward(z, a, rows, units);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double rowLoss = 0;
      for (int i = row * units; i < (row + 1) * units; i++) {
        rowLoss += error.value(a[i], targets[i]);
      }
      sum += weights[row] * rowLoss;
    }
    return sum;
  }

  @Override
  public double correct(float[] z, float[] targets, float[] weights, int rows) {
    return Double.NaN;
  }
}
