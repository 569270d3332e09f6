package sparkprop.nn.loss;

import sparkprop.linalg.FloatFunctions;
import sparkprop.nn.activation.Activation;

/**
 * Softmax with cross-entropy: loss {@code log(sum_k exp(z_k)) - z_t} for a row of class t, delta
 * {@code softmax(z) - 1[k = t]}. The row's largest z is subtracted before exp, so that nothing
 * overflows, and the loss never takes the logarithm of a probability, so that it is finite for
 * every finite z.
 *
 * @param activation softmax
 * @param outputs number of classes
 */
record SoftmaxCrossEntropy(Activation activation, int outputs) implements OutputHead {
  /** Shares below e^-60 are taken as 0: deltas made of them would be denormal, which are slow. */
  private static final float LOWEST = -60f;

  /** Pushes what lies below so far down that its exp is 0. */
  private static final float STEEP = 1e6f;

  @Override
  public String loss() {
    return CrossEntropy.TEXT;
  }

  @Override
  public int curvatureRank() {
    return outputs;
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(activation, outputs, capacity);
  }

  @Override
  public void finish(double[] raw) {
    Probabilities.softmax(raw);
  }

  private static final class Pass implements ClassPass {
    private final Activation activation;
    private final int classes;
    private final float[] largest;
    private final float[] scratch;

    Pass(Activation activation, int classes, int capacity) {
      this.activation = activation;
      this.classes = classes;
      this.largest = new float[capacity];
      this.scratch = new float[capacity * classes];
    }

    @Override
    public int units() {
      return classes;
    }

    @Override
    public double lossAndDelta(
        float[] z, float[] targets, float[] weights, int rows, float[] delta) {
      double sum = loss(z, targets, weights, rows, delta);
      for (int row = 0; row < rows; row++) {
        int from = row * classes;
        float scale = (float) (weights[row] / total(delta, from));
        for (int i = from; i < from + classes; i++) {
          delta[i] *= scale;
        }
        delta[from + (int) targets[row]] -= weights[row];
      }
      return sum;
    }

    @Override
    public double loss(float[] z, float[] targets, float[] weights, int rows) {
      return loss(z, targets, weights, rows, scratch);
    }

    /** The loss; leaves {@code exp(z - largest of the row)} in e. */
    private double loss(float[] z, float[] targets, float[] weights, int rows, float[] e) {
      for (int row = 0; row < rows; row++) {
        int from = row * classes;
        float max = z[from];
        for (int i = from + 1; i < from + classes; i++) {
          max = Math.max(max, z[i]);
        }
        for (int i = from; i < from + classes; i++) {
          float d = z[i] - max;
          e[i] = d + STEEP * Math.min(0f, d - LOWEST);
        }
        largest[row] = max;
      }
      FloatFunctions.exp(e, 0, e, 0, rows * classes);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        int from = row * classes;
        double behind = (double) largest[row] - z[from + (int) targets[row]];
        // Not Math's: early stopping hangs on this sum, and so on every bit of it on any machine.
        sum += weights[row] * (StrictMath.log(total(e, from)) + behind);
      }
      return sum;
    }

    /** Of {@code diag(p) - p p^T}: row k is {@code sqrt(p_k) (e_k - p)} (Schraudolph 2002). */
    @Override
    public void curvatureRow(float[] z, float weight, int k, float[] delta) {
      activation.forward(z, delta, 1, classes);
      float scale = (float) Math.sqrt(weight * delta[k]);
      for (int i = 0; i < classes; i++) {
        delta[i] *= -scale;
      }
      delta[k] += scale;
    }

    private double total(float[] e, int from) {
      double total = 0;
      for (int i = from; i < from + classes; i++) {
        total += e[i];
      }
      return total;
    }
  }
}
