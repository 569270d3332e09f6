package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.linalg.VectorMath;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * A vector for each word: step t, a whole number from 0 to {@code vocabulary - 1}, becomes that row
 * of {@code weight}, vocabulary x width (Bengio et al. 2003; a dense layer upon one-hot vectors
 * that multiplies nothing by 0). Number 0 is padding: its vector is zero and learns nothing, as
 * with PyTorch's {@code padding_idx=0}.
 *
 * @param vocabulary how many numbers there are, 0 included
 * @param width numbers of a vector
 * @param steps numbers of a row
 */
public record Embedding(int vocabulary, int width, int steps) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of(
          "embedding",
          Parameter.whole("vocabulary", Range.atLeast(2)),
          Parameter.whole("width", Range.atLeast(1)));

  /** Wide enough to tell words apart, small enough not to saturate what reads them. */
  private static final double BOUND = 0.05;

  /** {@code embedding(vocabulary, width)} of a text. */
  public record Spec(int vocabulary, int width) implements LayerSpec {
    @Override
    public String text() {
      return SIGNATURE.print(vocabulary, width);
    }

    @Override
    public Embedding build(Shape input, Position position) {
      List<Integer> sizes = input.dimensions();
      boolean oneNumber = sizes.size() == 1 || (sizes.size() == 2 && sizes.get(1) == 1);
      boolean first = position.equals(Position.of(0));
      if (!oneNumber || !first) {
        throw new IllegalArgumentException(
            ("Layer %s takes rows of one number a step and stands first in the network, but its"
                    + " input is of shape %s%s.")
                .formatted(text(), input, first ? "" : " and from a layer"));
      }
      Embedding layer = new Embedding(vocabulary, width, sizes.get(0));
      layer.output().size();
      return layer;
    }
  }

  @Override
  public String text() {
    return SIGNATURE.print(vocabulary, width);
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public Shape output() {
    return Shape.of(steps, width);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.weight("weight", Shape.of(vocabulary, width), vocabulary, width)
            .suiting(Initialisers.uniform(BOUND))
            .holding(width));
  }

  @Override
  public boolean takesSparse() {
    return true;
  }

  @Override
  public long workspace() {
    return (long) output().size() + steps;
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets[0], capacity);
  }

  private static final class Pass implements LayerPass {
    /** Stands for NaN, which is no index and in scoring no error either. */
    private static final int NONE = -1;

    private final Embedding layer;
    private final int width;
    private final int steps;
    private final int weight;
    private final DenseRows vectors;
    private final int[] words;

    Pass(Embedding layer, int weight, int capacity) {
      this.layer = layer;
      this.width = layer.width;
      this.steps = layer.steps;
      this.weight = weight;
      this.vectors = new DenseRows(capacity, steps * width);
      this.words = new int[Math.multiplyExact(capacity, steps)];
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      vectors.setRows(input.rows());
      read(input);
      float[] to = vectors.values();
      for (int k = 0; k < input.rows() * steps; k++) {
        if (words[k] > 0) {
          System.arraycopy(weights, weight + words[k] * width, to, k * width, width);
        } else {
          Arrays.fill(to, k * width, (k + 1) * width, words[k] == NONE ? Float.NaN : 0f);
        }
      }
      return vectors;
    }

    private void read(Rows input) {
      if (input instanceof SparseRows sparse && sparse.shift() == null) {
        Arrays.fill(words, 0, sparse.rows() * steps, 0);
        for (int i = 0; i < sparse.rows(); i++) {
          for (int k = sparse.starts()[i]; k < sparse.starts()[i + 1]; k++) {
            words[i * steps + sparse.columns()[k]] = word(sparse.values()[k]);
          }
        }
      } else {
        float[] x = input.dense().values();
        for (int k = 0; k < input.rows() * steps; k++) {
          words[k] = word(x[k]);
        }
      }
    }

    private int word(float x) {
      if (Float.isNaN(x)) {
        return NONE;
      }
      int word = (int) x;
      if (word != x || word < 0 || word >= layer.vocabulary) {
        throw new IllegalArgumentException(
            "Layer %s takes whole numbers from 0 to %d, but a row has %s."
                .formatted(layer.text(), layer.vocabulary - 1, x));
      }
      return word;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      for (int k = 0; k < delta.rows() * steps; k++) {
        if (words[k] > 0) {
          VectorMath.axpy(
              1f, delta.values(), k * width, gradient, weight + words[k] * width, width);
        }
      }
      return DenseRows.EMPTY;
    }
  }
}
