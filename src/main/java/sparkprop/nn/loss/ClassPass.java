package sparkprop.nn.loss;

/**
 * What the passes of all classifiers share: which rows are classified right. The prediction is the
 * class of the largest raw output, as in Spark without thresholds: that also tells classes apart
 * whose probabilities are equal because the output activation is flat or clipped.
 */
interface ClassPass extends HeadPass {
  /** Width of {@code z[L]}. */
  int units();

  @Override
  default double correct(float[] z, float[] targets, float[] weights, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int predicted = units() == 1 ? sign(z[row]) : argmax(z, row * units(), (row + 1) * units());
      if (predicted == targets[row]) {
        sum += weights[row];
      }
    }
    return sum;
  }

  /** The class that one unit stands for, or -1 for NaN. */
  private static int sign(float z) {
    return z > 0 ? 1 : z <= 0 ? 0 : -1;
  }

  /** Index of the largest of a row, the first of equals; -1 if there is NaN among them. */
  private static int argmax(float[] z, int from, int to) {
    int best = from;
    for (int i = from; i < to; i++) {
      if (Float.isNaN(z[i])) {
        return -1;
      }
      if (z[i] > z[best]) {
        best = i;
      }
    }
    return best - from;
  }
}
