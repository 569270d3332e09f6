package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.VectorMath;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;
import sparkprop.text.Signature;

/**
 * A convolution of each map by a kernel of its own: {@code z[c, y, x] = b[c] + sum over i, j of
 * W[c, i, j] a[c, y s + i - p, x s + j - p]} (Chollet, "Xception", 2017); with {@code conv(n, 1x1)}
 * behind it a separable one. PyTorch's is {@code Conv2d} with as many groups as channels. {@code
 * weight} is channels x 1 x kernel height x kernel width, {@code bias} is channels.
 *
 * @param input maps that come in
 * @param window where the kernels stand
 */
public record DepthwiseConv(MapShape input, Window window) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of("depthwiseConv", Window.KERNEL, Window.STRIDE, Window.PADDING);

  /** {@code depthwiseConv(kernel, stride=1x1, padding=0x0)} of a text. */
  public record Spec(Window window) implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Arguments arguments) {
      return new Spec(Window.of(arguments));
    }

    @Override
    public String text() {
      return SIGNATURE.print(window.kernel(), window.stride(), window.padding());
    }

    @Override
    public DepthwiseConv build(Shape input, Position position) {
      MapShape maps = MapShape.of(input, text());
      window.over(maps, maps.channels(), text()).shape().size();
      return new DepthwiseConv(maps, window);
    }
  }

  @Override
  public String text() {
    return new Spec(window).text();
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public Shape output() {
    return window.over(input, input.channels(), text()).shape();
  }

  @Override
  public List<ParameterSpec> parameters() {
    Shape shape = Shape.of(input.channels(), 1, window.kernel().height(), window.kernel().width());
    return List.of(
        ParameterSpec.weight("weight", shape, window.area(), window.area()),
        ParameterSpec.constant("bias", ParameterKind.BIAS, Shape.of(input.channels()), 0f));
  }

  @Override
  public long workspace() {
    return (long) output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets[0], offsets[1], capacity);
  }

  /** A product of a vector and a matrix a channel: lines of patches, scaled and added. */
  private static final class Pass implements LayerPass {
    private final int in;
    private final int channels;
    private final int weight;
    private final int bias;
    private final int capacity;
    private final int kernel;
    private final Patches patches;
    private final int columns;
    private final int places;
    private final float[] matrix;
    // One map's outputs or deltas.
    private final float[] spread;
    private final DenseRows z;
    private DenseRows a = DenseRows.EMPTY;
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(DepthwiseConv layer, int weight, int bias, int capacity) {
      this.in = layer.input.size();
      this.channels = layer.input.channels();
      this.weight = weight;
      this.bias = bias;
      this.capacity = capacity;
      this.kernel = layer.window.area();
      this.patches = new Patches(layer.input, layer.window);
      this.columns = patches.columns();
      this.places = patches.places();
      this.matrix = new float[patches.lines() * columns];
      this.spread = new float[columns];
      this.z = new DenseRows(capacity, channels * places);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      a = input.dense();
      z.setRows(a.rows());
      for (int i = 0; i < a.rows(); i++) {
        patches.gather(a.values(), i * in, matrix);
        for (int c = 0; c < channels; c++) {
          int to = (i * channels + c) * places;
          Arrays.fill(spread, 0f);
          for (int k = c * kernel; k < (c + 1) * kernel; k++) {
            VectorMath.axpy(weights[weight + k], matrix, k * columns, spread, 0, columns);
          }
          Arrays.fill(z.values(), to, to + places, weights[bias + c]);
          patches.addPlaces(spread, 0, z.values(), to);
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
        patches.gather(a.values(), i * in, matrix);
        for (int c = 0; c < channels; c++) {
          int from = (i * channels + c) * places;
          gradient[bias + c] += (float) VectorMath.sum(delta.values(), from, places);
          patches.spread(delta.values(), from, spread, 0);
          for (int k = c * kernel; k < (c + 1) * kernel; k++) {
            gradient[weight + k] += dot(spread, 0, matrix, k * columns, columns);
            if (inputWanted) {
              Arrays.fill(matrix, k * columns, (k + 1) * columns, 0f);
              VectorMath.axpy(weights[weight + k], spread, 0, matrix, k * columns, columns);
            }
          }
        }
        if (inputWanted) {
          patches.scatter(matrix, inputDelta.values(), i * in);
        }
      }
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      inputDelta.setRows(delta.rows());
      return inputDelta;
    }

    private static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (double) x[xOffset + i] * y[yOffset + i];
      }
      return (float) sum;
    }
  }
}
