package sparkprop.nn.layer;

import java.util.Arrays;
import java.util.Optional;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.nn.activation.Activation;

/**
 * An activation as a layer of its own, {@code a = f(z)}: any shape in, the same shape out, nothing
 * to learn.
 *
 * @param activation the function
 * @param output the shape that passes through; a row-wise function such as softmax works over the
 *     whole row
 */
public record ActivationLayer(Activation activation, Shape output) implements Layer {

  /** An activation's name in a text. */
  public record Spec(Activation activation) implements LayerSpec {
    @Override
    public String text() {
      return activation.text();
    }

    @Override
    public ActivationLayer build(Shape input, Position position) {
      return new ActivationLayer(activation, input);
    }
  }

  @Override
  public String text() {
    return activation.text();
  }

  @Override
  public String name() {
    return activation.text().replaceFirst("\\(.*", "");
  }

  @Override
  public Optional<String> initialiserBelow() {
    return Optional.of(activation.initialiser());
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(activation, output.size(), capacity);
  }

  private static final class Pass implements LayerPass {
    private final Activation activation;
    private final DenseRows a;
    private DenseRows z = DenseRows.EMPTY;

    Pass(Activation activation, int width, int capacity) {
      this.activation = activation;
      this.a = new DenseRows(capacity, width);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      z = input.dense();
      a.setRows(z.rows());
      activation.forward(z.values(), a.values(), z.rows(), z.cols());
      return a;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      activation.backward(z.values(), a.values(), delta.values(), delta.rows(), delta.cols());
      return delta;
    }

    @Override
    public double silentShare(float small) {
      if (!activation.elementwise()) {
        return Double.NaN;
      }
      int cols = a.cols();
      float[] slope = new float[a.rows() * cols];
      Arrays.fill(slope, 1f);
      activation.backward(z.values(), a.values(), slope, a.rows(), cols);
      boolean[] heard = new boolean[cols];
      for (int i = 0; i < slope.length; i++) {
        heard[i % cols] |= !(Math.abs(slope[i]) < small);
      }
      int silent = 0;
      for (boolean unit : heard) {
        silent += unit ? 0 : 1;
      }
      return (double) silent / cols;
    }
  }
}
