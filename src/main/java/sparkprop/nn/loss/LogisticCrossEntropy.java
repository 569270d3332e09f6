package sparkprop.nn.loss;

import java.util.Arrays;
import sparkprop.linalg.FloatFunctions;
import sparkprop.nn.activation.Activation;

/**
 * Logistic units with cross-entropy. Two classes are one unit, which says how likely the second is:
 * raw (-z, z). More classes are one unit each, whose binary cross-entropies are summed. A unit's
 * loss is {@code softplus(s z)} and its delta {@code s logistic(s z)}, with s = -1 where the row is
 * of its class and 1 elsewhere: no logarithm of 0, no difference of nearly equal numbers.
 *
 * <p>With label smoothing e a unit should show {@code 1 - e / 2} for rows of its class and {@code e
 * / 2} for others, which adds {@code -e / 2 s z} to its loss: for two classes the same as under
 * softmax.
 *
 * <p>Probabilities are the units' activations divided by their sum; if all are 0, the uniform
 * distribution.
 *
 * @param loss canonical text
 * @param smoothing e, at least 0 and below 1
 * @param activation logistic
 * @param outputs number of classes
 */
record LogisticCrossEntropy(String loss, double smoothing, Activation activation, int outputs)
    implements OutputHead {
  @Override
  public int units() {
    return outputs == 2 ? 1 : outputs;
  }

  @Override
  public int curvatureRank() {
    return units();
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(units(), smoothing, capacity);
  }

  @Override
  public void raw(float[] z, float[] raw, int rows) {
    if (outputs > 2) {
      OutputHead.super.raw(z, raw, rows);
      return;
    }
    for (int row = 0; row < rows; row++) {
      raw[2 * row] = -z[row];
      raw[2 * row + 1] = z[row];
    }
  }

  @Override
  public void finish(double[] raw) {
    // For two classes logistic(-z) = 1 - logistic(z): the sum is 1 already.
    for (int k = 0; k < raw.length; k++) {
      raw[k] = 1 / (1 + Math.exp(-raw[k]));
    }
    Probabilities.normalise(raw);
  }

  private static final class Pass implements ClassPass {
    private final int units;
    private final double smoothing;
    private final float[] signed;
    private final float[] softplus;

    Pass(int units, double smoothing, int capacity) {
      this.units = units;
      this.smoothing = smoothing;
      this.signed = new float[capacity * units];
      this.softplus = new float[capacity * units];
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public double lossAndDelta(
        float[] z, float[] targets, float[] weights, int rows, float[] delta) {
      double sum = loss(z, targets, weights, rows);
      FloatFunctions.logistic(signed, 0, delta, 0, rows * units);
      for (int row = 0; row < rows; row++) {
        float spread = (float) (smoothing / 2);
        for (int i = row * units; i < (row + 1) * units; i++) {
          delta[i] = weights[row] * (delta[i] - spread);
        }
        int own = ownUnit(targets[row]);
        if (own >= 0) {
          delta[row * units + own] *= -1;
        }
      }
      return sum;
    }

    @Override
    public double loss(float[] z, float[] targets, float[] weights, int rows) {
      System.arraycopy(z, 0, signed, 0, rows * units);
      for (int row = 0; row < rows; row++) {
        int own = ownUnit(targets[row]);
        if (own >= 0) {
          signed[row * units + own] *= -1;
        }
      }
      FloatFunctions.softplus(signed, 0, softplus, 0, rows * units);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        double rowLoss = 0;
        for (int i = row * units; i < (row + 1) * units; i++) {
          rowLoss += softplus[i];
          if (smoothing > 0) {
            rowLoss -= smoothing / 2 * signed[i];
          }
        }
        sum += weights[row] * rowLoss;
      }
      return sum;
    }

    /** Of {@code diag(p (1 - p))}. */
    @Override
    public void curvatureRow(float[] z, float weight, int k, float[] delta) {
      FloatFunctions.logistic(z, 0, delta, 0, units);
      float p = delta[k];
      Arrays.fill(delta, 0, units, 0f);
      delta[k] = (float) Math.sqrt(weight * p * (1 - p));
    }

    /** The unit that stands for a row's class; -1 for the class that is no unit's. */
    private int ownUnit(float label) {
      return units == 1 ? (int) label - 1 : (int) label;
    }
  }
}
