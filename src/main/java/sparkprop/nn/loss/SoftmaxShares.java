package sparkprop.nn.loss;

import sparkprop.linalg.FloatFunctions;

/**
 * The numerators of softmax, {@code exp(z - largest of the row)}, and the logarithms that follow
 * from them: nothing overflows, and no logarithm of a probability is taken, so that losses are
 * finite for every finite z.
 */
final class SoftmaxShares {
  /** Shares below e^-60 are taken as 0: deltas made of them would be denormal, which are slow. */
  private static final float LOWEST = -60f;

  /** Pushes what lies below so far down that its exp is 0. */
  private static final float STEEP = 1e6f;

  private final int classes;
  private final float[] largest;

  SoftmaxShares(int classes, int capacity) {
    this.classes = classes;
    this.largest = new float[capacity];
  }

  /**
   * Computes the shares of some rows.
   *
   * @param e receives them, rows x classes
   */
  void of(float[] z, int rows, float[] e) {
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
  }

  /** The sum of a row's shares. */
  double total(float[] e, int row) {
    double total = 0;
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      total += e[i];
    }
    return total;
  }

  /** Minus the logarithm of one class's probability. */
  double loss(float[] z, float[] e, int row, int label) {
    double behind = (double) largest[row] - z[row * classes + label];
    // Not Math's: early stopping hangs on this sum, and so on every bit of it on any machine.
    return StrictMath.log(total(e, row)) + behind;
  }

  /** The sum over all classes of minus the logarithm of their probability. */
  double lossOfAll(float[] z, float[] e, int row) {
    double behind = 0;
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      behind += (double) largest[row] - z[i];
    }
    return classes * StrictMath.log(total(e, row)) + behind;
  }
}
