package sparkprop.nn.loss;

import java.util.OptionalDouble;
import sparkprop.nn.activation.Activation;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Squared error of a classifier: the unit of the row's class aims at the high target, the others at
 * the low one. Probabilities are the activations mapped linearly from [low, high] to [0, 1],
 * clipped and divided by their sum; if all are 0, the uniform distribution.
 *
 * @param loss canonical text
 * @param activation the output activation
 * @param targets what its units aim at
 * @param outputs number of classes
 */
record ClassSquaredError(String loss, Activation activation, Targets targets, int outputs)
    implements OutputHead {

  static final Signature SIGNATURE =
      Signature.of("squaredError", Parameter.number("target", Range.any()).optional());

  /**
   * {@code squaredError} or {@code squaredError(target=t)} of a text.
   *
   * @param text its canonical form
   * @param target the high target; absent where the activation chooses
   */
  record Spec(String text, OptionalDouble target) implements LossSpec {
    static Spec of(Arguments a) {
      return new Spec(
          a.text(),
          a.has("target") ? OptionalDouble.of(a.number("target")) : OptionalDouble.empty());
    }

    @Override
    public String suits() {
      return "lecunTanh";
    }

    @Override
    public Head head(Activation output, int width) {
      checkRises(output);
      Targets targets =
          target.isPresent()
              ? Targets.of(text, output.text(), target.getAsDouble())
              : Targets.of(output.text());
      return new ClassSquaredError(text, output, targets, width);
    }
  }

  /** The class predicted is that of the largest z, which must be the most probable one too. */
  private static void checkRises(Activation output) {
    float[] a = {-1000, 0};
    output.forward(a, a, 2, 1);
    if (a[0] > a[1]) {
      throw new IllegalArgumentException(
          "Loss squaredError and outputActivation "
              + output.text()
              + " do not fit: a class's output must not grow as its weighted input falls, so use"
              + " one such as lecunTanh.");
    }
  }

  @Override
  public int curvatureRank() {
    return units();
  }

  @Override
  public boolean sumOfSquares() {
    return true;
  }

  @Override
  public HeadPass newPass(int capacity) {
    return new Pass(this, capacity);
  }

  @Override
  public void finish(double[] raw) {
    OutputHead.show(activation, raw);
    for (int k = 0; k < raw.length; k++) {
      raw[k] = targets.share(raw[k]);
    }
    Probabilities.normalise(raw);
  }

  /** Spreads class indices out into target vectors. */
  private static final class Pass implements ClassPass {
    private final Targets targets;
    private final int classes;
    private final SquaredErrorPass vectors;
    private final float[] wanted;

    Pass(ClassSquaredError head, int capacity) {
      this.targets = head.targets;
      this.classes = head.outputs;
      this.vectors = new SquaredErrorPass(head.activation, classes, capacity);
      this.wanted = new float[capacity * classes];
    }

    @Override
    public int units() {
      return classes;
    }

    @Override
    public double lossAndDelta(
        float[] z, float[] labels, float[] weights, int rows, float[] delta) {
      return vectors.lossAndDelta(z, spread(labels, rows), weights, rows, delta);
    }

    @Override
    public double loss(float[] z, float[] labels, float[] weights, int rows) {
      return vectors.loss(z, spread(labels, rows), weights, rows);
    }

    @Override
    public void curvatureRow(float[] z, float weight, int k, float[] delta) {
      vectors.curvatureRow(z, weight, k, delta);
    }

    private float[] spread(float[] labels, int rows) {
      java.util.Arrays.fill(wanted, 0, rows * classes, (float) targets.low());
      for (int row = 0; row < rows; row++) {
        wanted[row * classes + (int) labels[row]] = (float) targets.high();
      }
      return wanted;
    }
  }
}
