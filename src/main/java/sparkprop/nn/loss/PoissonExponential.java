package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * {@link Poisson} of an exponential output, whose logarithm is z itself.
 *
 * @param activation exponential
 * @param outputs numbers in a target
 */
record PoissonExponential(Activation activation, int outputs) implements RegressionHead {
  @Override
  public String loss() {
    return Poisson.TEXT;
  }

  @Override
  public boolean takesNegatives() {
    return false;
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(activation, outputs, capacity);
  }

  private static final class Pass implements HeadPass {
    private final Activation activation;
    private final int units;
    private final float[] a;

    Pass(Activation activation, int units, int capacity) {
      this.activation = activation;
      this.units = units;
      this.a = new float[capacity * units];
    }

    @Override
    public double lossAndDelta(
        float[] z, float[] targets, float[] weights, int rows, float[] delta) {
      double sum = loss(z, targets, weights, rows);
      for (int row = 0; row < rows; row++) {
        for (int i = row * units; i < (row + 1) * units; i++) {
          delta[i] = weights[row] * (a[i] - targets[i]);
        }
      }
      return sum;
    }

    /** The loss; leaves the means in a. */
    @Override
    public double loss(float[] z, float[] targets, float[] weights, int rows) {
      activation.forward(z, a, rows, units);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        double rowLoss = 0;
        for (int i = row * units; i < (row + 1) * units; i++) {
          rowLoss += a[i] - (double) targets[i] * z[i];
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
}
