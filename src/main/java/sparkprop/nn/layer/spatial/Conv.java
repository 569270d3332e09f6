package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.VectorMath;
import sparkprop.linalg.blas.Blas;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Convolution, {@code z[f, y, x] = b[f] + sum over c, i, j of W[f, c, i, j] a[c, y s + i - p, x s +
 * j - p]}: every unit of a map has the same weights (LeCun et al. 1989). As PyTorch's {@code
 * Conv2d} it is a correlation, with zeros around the maps. {@code weight} is filters x channels x
 * kernel height x kernel width, {@code bias} is filters.
 *
 * @param input maps that come in
 * @param filters maps that go out
 * @param window where the kernels stand
 */
public record Conv(MapShape input, int filters, Window window) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of(
          "conv",
          Parameter.whole("filters", Range.atLeast(1)),
          Window.KERNEL,
          Window.STRIDE,
          Window.PADDING);

  /** {@code conv(filters, kernel, stride=1x1, padding=0x0)} of a text. */
  public record Spec(int filters, Window window) implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Arguments arguments) {
      return new Spec(arguments.whole("filters"), Window.of(arguments));
    }

    @Override
    public String text() {
      return SIGNATURE.print(filters, window.kernel(), window.stride(), window.padding());
    }

    @Override
    public Conv build(Shape input, Position position) {
      MapShape maps = MapShape.of(input, text());
      window.over(maps, filters, text()).shape().size();
      return new Conv(maps, filters, window);
    }
  }

  @Override
  public String text() {
    return new Spec(filters, window).text();
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public Shape output() {
    return window.over(input, filters, text()).shape();
  }

  @Override
  public List<ParameterSpec> parameters() {
    Shape shape =
        Shape.of(filters, input.channels(), window.kernel().height(), window.kernel().width());
    return List.of(
        ParameterSpec.weight(
            "weight", shape, input.channels() * window.area(), filters * window.area()),
        ParameterSpec.constant("bias", ParameterKind.BIAS, Shape.of(filters), 0f));
  }

  @Override
  public long workspace() {
    return (long) output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets[0], offsets[1], capacity);
  }

  private static final class Pass implements LayerPass {
    private final int in;
    private final int filters;
    private final int weight;
    private final int bias;
    private final int capacity;
    private final Patches patches;
    private final int lines;
    private final int columns;
    private final int places;
    private final float[] matrix;
    // One row's outputs or deltas, where they are not side by side.
    private final float[] spread;
    private final DenseRows z;
    private DenseRows a = DenseRows.EMPTY;
    // Allocated when first asked for: the lowest layer never is.
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(Conv layer, int weight, int bias, int capacity) {
      this.in = layer.input.size();
      this.filters = layer.filters;
      this.weight = weight;
      this.bias = bias;
      this.capacity = capacity;
      this.patches = new Patches(layer.input, layer.window);
      this.lines = patches.lines();
      this.columns = patches.columns();
      this.places = patches.places();
      this.matrix = new float[patches.isRow() ? 0 : lines * columns];
      this.spread = new float[patches.isTight() ? 0 : filters * columns];
      this.z = new DenseRows(capacity, filters * places);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      a = input.dense();
      z.setRows(a.rows());
      boolean tight = patches.isTight();
      for (int i = 0; i < a.rows(); i++) {
        int to = i * z.cols();
        for (int f = 0; f < filters; f++) {
          Arrays.fill(z.values(), to + f * places, to + (f + 1) * places, weights[bias + f]);
        }
        boolean row = patches.isRow();
        if (!row) {
          patches.gather(a.values(), i * in, matrix);
        }
        // (filters x lines)(lines x columns) -> filters x columns, of which the places are z - b
        Blas.instance()
            .gemm(
                false,
                false,
                filters,
                columns,
                lines,
                1f,
                weights,
                weight,
                lines,
                row ? a.values() : matrix,
                row ? i * in : 0,
                columns,
                tight ? 1f : 0f,
                tight ? z.values() : spread,
                tight ? to : 0,
                columns);
        if (!tight) {
          for (int f = 0; f < filters; f++) {
            patches.addPlaces(spread, f * columns, z.values(), to + f * places);
          }
        }
      }
      return z;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      if (inputWanted && inputDelta == DenseRows.EMPTY) {
        inputDelta = new DenseRows(capacity, in);
      }
      for (int i = 0; i < delta.rows(); i++) {
        float[] d = delta.values();
        int at = i * delta.cols();
        for (int f = 0; f < filters; f++) {
          gradient[bias + f] += (float) VectorMath.sum(d, at + f * places, places);
        }
        if (!patches.isTight()) {
          for (int f = 0; f < filters; f++) {
            patches.spread(d, at + f * places, spread, f * columns);
          }
          d = spread;
          at = 0;
        }
        addWeightGradient(d, at, i, gradient);
        if (inputWanted) {
          backToInput(weights, d, at, i);
        }
      }
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      inputDelta.setRows(delta.rows());
      return inputDelta;
    }

    /** dW += d a^T: (filters x columns)(columns x lines) -> filters x lines. */
    private void addWeightGradient(float[] d, int at, int row, float[] gradient) {
      if (!patches.isRow()) {
        patches.gather(a.values(), row * in, matrix);
      }
      Blas.instance()
          .gemm(
              false,
              true,
              filters,
              lines,
              columns,
              1f,
              d,
              at,
              columns,
              patches.isRow() ? a.values() : matrix,
              patches.isRow() ? row * in : 0,
              columns,
              1f,
              gradient,
              weight,
              lines);
    }

    /** dC/da = W^T d, back to where the patches came from: (lines x filters)(filters x columns). */
    private void backToInput(float[] weights, float[] d, int at, int row) {
      boolean direct = patches.isRow();
      Blas.instance()
          .gemm(
              true,
              false,
              lines,
              columns,
              filters,
              1f,
              weights,
              weight,
              lines,
              d,
              at,
              columns,
              0f,
              direct ? inputDelta.values() : matrix,
              direct ? row * in : 0,
              columns);
      if (!direct) {
        patches.scatter(matrix, inputDelta.values(), row * in);
      }
    }
  }
}
