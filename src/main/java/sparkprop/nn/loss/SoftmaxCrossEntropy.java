package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * Softmax with cross-entropy: loss {@code log(sum_k exp(z_k)) - z_t} for a row of class t, delta
 * {@code softmax(z) - 1[k = t]}. With smoothing s the row's class is wanted with probability {@code
 * 1 - s + s / K}, each other with {@code s / K} (Szegedy et al. 2016; PyTorch's label_smoothing).
 *
 * @param loss canonical text
 * @param smoothing s, at least 0 and below 1
 * @param activation softmax
 * @param outputs number of classes, K
 */
record SoftmaxCrossEntropy(String loss, double smoothing, Activation activation, int outputs)
    implements OutputHead {
  @Override
  public int curvatureRank() {
    return outputs;
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(this, capacity);
  }

  @Override
  public void finish(double[] raw) {
    Probabilities.softmax(raw);
  }

  private static final class Pass implements ClassPass {
    private final Activation activation;
    private final int classes;
    private final double smoothing;
    private final SoftmaxShares shares;
    private final float[] scratch;

    Pass(SoftmaxCrossEntropy head, int capacity) {
      this.activation = head.activation;
      this.classes = head.outputs;
      this.smoothing = head.smoothing;
      this.shares = new SoftmaxShares(classes, capacity);
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
        float scale = (float) (weights[row] / shares.total(delta, row));
        float spread = (float) (weights[row] * smoothing / classes);
        for (int i = from; i < from + classes; i++) {
          delta[i] = delta[i] * scale - spread;
        }
        delta[from + (int) targets[row]] -= (float) (weights[row] * (1 - smoothing));
      }
      return sum;
    }

    @Override
    public double loss(float[] z, float[] targets, float[] weights, int rows) {
      return loss(z, targets, weights, rows, scratch);
    }

    /** The loss; leaves the shares in e. */
    private double loss(float[] z, float[] targets, float[] weights, int rows, float[] e) {
      shares.of(z, rows, e);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        double own = shares.loss(z, e, row, (int) targets[row]);
        sum +=
            weights[row]
                * (smoothing == 0
                    ? own
                    : (1 - smoothing) * own + smoothing / classes * shares.lossOfAll(z, e, row));
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
  }
}
