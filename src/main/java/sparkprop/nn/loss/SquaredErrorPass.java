package sparkprop.nn.loss;

import java.util.Arrays;
import sparkprop.nn.activation.Activation;

/**
 * Squared error of any output activation: loss {@code 1/2 sum_k (f(z_k) - t_k)^2} a row, delta
 * {@code (f(z) - t) f'(z)}, the delta rule (Widrow and Hoff 1960; Rumelhart, Hinton and Williams
 * 1986). Softmax, whose outputs hang together, takes its Jacobian product in place of {@code f'}.
 */
final class SquaredErrorPass implements HeadPass {
  private final Activation activation;
  private final int units;
  private final float[] a;

  SquaredErrorPass(Activation activation, int units, int capacity) {
    this.activation = activation;
    this.units = units;
    this.a = new float[capacity * units];
  }

  @Override
  public double lossAndDelta(float[] z, float[] targets, float[] weights, int rows, float[] delta) {
    double sum = loss(z, targets, weights, rows);
    for (int row = 0; row < rows; row++) {
      for (int i = row * units; i < (row + 1) * units; i++) {
        delta[i] = weights[row] * (a[i] - targets[i]);
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
      double squares = 0;
      for (int i = row * units; i < (row + 1) * units; i++) {
        double error = (double) a[i] - targets[i];
        squares += error * error;
      }
      sum += weights[row] * squares / 2;
    }
    return sum;
  }

  @Override
  public double correct(float[] z, float[] targets, float[] weights, int rows) {
    return Double.NaN;
  }

  /** Gauss-Newton: S is the Jacobian of the output activation. */
  @Override
  public void curvatureRow(float[] z, float weight, int k, float[] delta) {
    Arrays.fill(delta, 0, units, 0f);
    delta[k] = (float) Math.sqrt(weight);
    activation.backward(z, a, delta, 1, units);
  }
}
