package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Softmax with focal loss: {@code -(1 - p)^gamma log p}, p being the probability of the row's
 * class, so that rows which are right already count less (Lin et al., "Focal loss for dense object
 * detection", 2017). Its delta is that of cross-entropy times {@code (1 - p)^gamma - gamma p (1 -
 * p)^(gamma - 1) log p}.
 *
 * @param loss canonical text
 * @param gamma at least 0, where it is cross-entropy
 * @param activation softmax
 * @param outputs number of classes
 */
record FocalCrossEntropy(String loss, double gamma, Activation activation, int outputs)
    implements OutputHead {
  static final Signature SIGNATURE =
      Signature.of("focal", Parameter.number("gamma", Range.atLeast(0)).orElse(2.0).positional());

  /**
   * {@code focal(2)} of a text.
   *
   * @param text its canonical form
   */
  record Spec(String text, double gamma) implements LossSpec {
    static Spec of(Arguments a) {
      return new Spec(a.text(), a.number("gamma"));
    }

    @Override
    public String suits() {
      return "softmax";
    }

    @Override
    public Head head(Activation output, int width) {
      if (!output.text().equals("softmax")) {
        throw new IllegalArgumentException(
            "Loss %s and outputActivation %s do not fit: focal takes softmax."
                .formatted(text, output.text()));
      }
      return new FocalCrossEntropy(text, gamma, output, width);
    }
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(gamma, outputs, capacity);
  }

  @Override
  public void finish(double[] raw) {
    Probabilities.softmax(raw);
  }

  private static final class Pass implements ClassPass {
    private final double gamma;
    private final int classes;
    private final SoftmaxShares shares;
    private final float[] scratch;

    Pass(double gamma, int classes, int capacity) {
      this.gamma = gamma;
      this.classes = classes;
      this.shares = new SoftmaxShares(classes, capacity);
      this.scratch = new float[capacity * classes];
    }

    @Override
    public int units() {
      return classes;
    }

    @Override
    public double loss(float[] z, float[] targets, float[] weights, int rows) {
      shares.of(z, rows, scratch);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += weights[row] * loss(z, (int) targets[row], row, scratch);
      }
      return sum;
    }

    private double loss(float[] z, int label, int row, float[] e) {
      return power(others(label, row, e) / shares.total(e, row)) * shares.loss(z, e, row, label);
    }

    @Override
    public double lossAndDelta(
        float[] z, float[] targets, float[] weights, int rows, float[] delta) {
      shares.of(z, rows, delta);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        int label = (int) targets[row];
        int from = row * classes;
        double total = shares.total(delta, row);
        double others = others(label, row, delta);
        double q = others / total;
        double minusLog = shares.loss(z, delta, row, label);
        sum += weights[row] * power(q) * minusLog;
        double p = delta[from + label] / total;
        // q^(gamma - 1) log p goes to 0 with q, though the power alone may not.
        double slope = q == 0 ? 0 : gamma * p * power(q) / q * minusLog;
        double factor = weights[row] * (power(q) + slope);
        for (int i = from; i < from + classes; i++) {
          delta[i] = (float) (factor * (delta[i] / total));
        }
        delta[from + label] = (float) (-factor * q);
      }
      return sum;
    }

    /** The sum of all shares but that of the row's class, added up so that it keeps its digits. */
    private double others(int label, int row, float[] e) {
      double sum = 0;
      int from = row * classes;
      for (int k = 0; k < classes; k++) {
        sum += k == label ? 0 : e[from + k];
      }
      return sum;
    }

    /** Not Math's: early stopping hangs on every bit of the loss, on any machine. */
    private double power(double q) {
      return gamma == 2 ? q * q : StrictMath.pow(q, gamma);
    }
  }
}
