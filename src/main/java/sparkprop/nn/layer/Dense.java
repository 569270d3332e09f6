package sparkprop.nn.layer;

import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseProducts;
import sparkprop.linalg.SparseRows;
import sparkprop.linalg.VectorMath;
import sparkprop.linalg.blas.Blas;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * The fully connected layer, {@code z = a W + b}, without an activation (Rumelhart, Hinton and
 * Williams 1986, equation 1). {@code weight} is in x out, {@code bias} is out.
 *
 * @param in number of inputs
 * @param out number of units
 */
public record Dense(int in, int out) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of("dense", Parameter.whole("units", Range.atLeast(1)));

  /** {@code dense(units)} of a text. */
  public record Spec(int units) implements LayerSpec {
    @Override
    public String text() {
      return SIGNATURE.print(units);
    }

    @Override
    public Dense build(Shape input, Position position) {
      return new Dense(input.size(), units);
    }
  }

  @Override
  public String text() {
    return SIGNATURE.print(out);
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public Shape output() {
    return Shape.of(out);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.weight("weight", Shape.of(in, out), in, out),
        ParameterSpec.constant("bias", ParameterKind.BIAS, Shape.of(out), 0f));
  }

  @Override
  public boolean takesSparse() {
    return true;
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(in, out, offsets[0], offsets[1], capacity);
  }

  private static final class Pass implements LayerPass {
    private final int in;
    private final int out;
    private final int weight;
    private final int bias;
    private final int capacity;
    private final DenseRows z;
    private Rows input = DenseRows.EMPTY;
    // Allocated when first asked for: the lowest layer, whose input is widest, never is.
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(int in, int out, int weight, int bias, int capacity) {
      this.in = in;
      this.out = out;
      this.weight = weight;
      this.bias = bias;
      this.capacity = capacity;
      this.z = new DenseRows(capacity, out);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      this.input = input;
      int rows = input.rows();
      z.setRows(rows);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(weights, bias, z.values(), i * out, out);
      }
      // (rows x in)(in x out) + b -> rows x out
      if (input instanceof SparseRows sparse) {
        SparseProducts.addProduct(sparse, weights, weight, out, z.values());
      } else {
        Blas.instance()
            .gemm(
                false,
                false,
                rows,
                out,
                in,
                1f,
                input.dense().values(),
                0,
                in,
                weights,
                weight,
                out,
                1f,
                z.values(),
                0,
                out);
      }
      return z;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      int rows = delta.rows();
      float[] d = delta.values();
      // db += column sums of d
      VectorMath.addColumnSums(d, rows, out, gradient, bias);
      // dW += a^T d: (in x rows)(rows x out) -> in x out
      if (input instanceof SparseRows sparse) {
        SparseProducts.addTransposedProduct(sparse, d, out, gradient, weight);
      } else {
        Blas.instance()
            .gemm(
                true,
                false,
                in,
                out,
                rows,
                1f,
                input.dense().values(),
                0,
                in,
                d,
                0,
                out,
                1f,
                gradient,
                weight,
                out);
      }
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      if (inputDelta == DenseRows.EMPTY) {
        inputDelta = new DenseRows(capacity, in);
      }
      inputDelta.setRows(rows);
      // dC/da[l-1] = d W^T: (rows x out)(out x in) -> rows x in
      Blas.instance()
          .gemm(
              false,
              true,
              rows,
              in,
              out,
              1f,
              d,
              0,
              out,
              weights,
              weight,
              out,
              0f,
              inputDelta.values(),
              0,
              in);
      return inputDelta;
    }
  }
}
