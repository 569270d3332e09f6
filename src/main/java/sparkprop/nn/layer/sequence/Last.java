package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;

/**
 * The last step of a sequence, the last before its padding: what recurrent units know when they
 * have read all of it.
 *
 * @param input sequences that come in
 */
public record Last(SequenceShape input) implements Layer {
  private static final String NAME = "last";

  /** {@code last} of a text. */
  public record Spec() implements LayerSpec {
    @Override
    public String text() {
      return NAME;
    }

    @Override
    public Last build(Shape input, Position position) {
      return new Last(SequenceShape.of(input, NAME));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape output() {
    return Shape.of(input.features());
  }

  @Override
  public boolean readsLengths() {
    return true;
  }

  @Override
  public long workspace() {
    return (long) input.features() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(input, capacity);
  }

  private static final class Pass implements LayerPass {
    private final SequenceShape shape;
    private final int capacity;
    private final DenseRows a;
    private int[] lengths = new int[0];
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(SequenceShape shape, int capacity) {
      this.shape = shape;
      this.capacity = capacity;
      this.a = new DenseRows(capacity, shape.features());
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      lengths = context.lengths();
      float[] x = input.dense().values();
      a.setRows(input.rows());
      int width = shape.features();
      for (int i = 0; i < a.rows(); i++) {
        System.arraycopy(x, lastOf(i), a.values(), i * width, width);
      }
      return a;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      if (inputDelta == DenseRows.EMPTY) {
        inputDelta = new DenseRows(capacity, shape.size());
      }
      inputDelta.setRows(delta.rows());
      Arrays.fill(inputDelta.values(), 0, delta.rows() * shape.size(), 0f);
      int width = shape.features();
      for (int i = 0; i < delta.rows(); i++) {
        System.arraycopy(delta.values(), i * width, inputDelta.values(), lastOf(i), width);
      }
      return inputDelta;
    }

    /** Where a row's last step begins. */
    private int lastOf(int row) {
      return (row * shape.steps() + lengths[row] - 1) * shape.features();
    }
  }
}
