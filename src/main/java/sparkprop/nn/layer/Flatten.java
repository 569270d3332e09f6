package sparkprop.nn.layer;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;

/**
 * The same numbers in the same order as one vector: maps channel by channel, sequences step by
 * step. A {@code dense} layer does so by itself; the text says it for its reader.
 *
 * @param output the vector
 */
public record Flatten(Shape output) implements Layer {
  private static final String NAME = "flatten";

  /** {@code flatten} of a text. */
  public record Spec() implements LayerSpec {
    @Override
    public String text() {
      return NAME;
    }

    @Override
    public Flatten build(Shape input, Position position) {
      return new Flatten(Shape.of(input.size()));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean takesSparse() {
    return true;
  }

  @Override
  public long workspace() {
    return 0;
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new LayerPass() {
      @Override
      public Rows forward(float[] weights, Rows input, RowContext context) {
        return input;
      }

      @Override
      public DenseRows backward(
          float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
        return delta;
      }
    };
  }
}
