package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.VectorMath;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;
import sparkprop.text.Signature;

/**
 * The mean of what a window sees on each map, zeros of the padding included, as PyTorch's {@code
 * AvgPool2d}.
 *
 * @param input maps that come in
 * @param window over what means are taken
 */
public record AvgPool(MapShape input, Window window) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of("avgPool", Window.KERNEL, Window.POOL_STRIDE, Window.PADDING);

  /** {@code avgPool(kernel, stride=kernel, padding=0x0)} of a text. */
  public record Spec(Window window) implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Arguments arguments) {
      return new Spec(Window.of(arguments).paddedWithin(SIGNATURE.name()));
    }

    @Override
    public String text() {
      return SIGNATURE.print(window.kernel(), window.poolStride(), window.padding());
    }

    @Override
    public AvgPool build(Shape input, Position position) {
      MapShape maps = MapShape.of(input, text());
      window.over(maps, maps.channels(), text());
      return new AvgPool(maps, window);
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
  public long workspace() {
    return (long) output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(input, window, capacity);
  }

  private static final class Pass implements LayerPass {
    private final MapShape map;
    private final Window window;
    private final int down;
    private final int across;
    private final int capacity;
    private final float share;
    // For each column of the kernel, the places where it stands on the map.
    private final int[] first;
    private final int[] end;
    private final DenseRows mean;
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(MapShape map, Window window, int capacity) {
      this.map = map;
      this.window = window;
      this.down = window.down(map);
      this.across = window.across(map);
      this.capacity = capacity;
      this.share = 1f / window.area();
      this.first = new int[window.kernel().width()];
      this.end = new int[window.kernel().width()];
      Arrays.setAll(first, kx -> window.firstInside(map, kx));
      Arrays.setAll(end, kx -> window.endInside(map, kx));
      this.mean = new DenseRows(capacity, map.channels() * down * across);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      DenseRows a = input.dense();
      mean.setRows(a.rows());
      int used = a.rows() * mean.cols();
      Arrays.fill(mean.values(), 0, used, 0f);
      for (int plane = 0; plane < a.rows() * map.channels(); plane++) {
        for (int y = 0; y < down; y++) {
          addSums(a.values(), plane * map.area(), y, (plane * down + y) * across);
        }
      }
      VectorMath.scale(share, mean.values(), 0, used);
      return mean;
    }

    /** A row of places at a time, column by column of the kernel. */
    private void addSums(float[] a, int plane, int y, int to) {
      int bottom = Math.min(window.top(y) + window.kernel().height(), map.height());
      int stride = window.stride().width();
      for (int i = Math.max(window.top(y), 0); i < bottom; i++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          int line = plane + i * map.width() + window.left(0) + kx;
          for (int x = first[kx]; x < end[kx]; x++) {
            mean.values()[to + x] += a[line + x * stride];
          }
        }
      }
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      if (inputDelta == DenseRows.EMPTY) {
        inputDelta = new DenseRows(capacity, map.size());
      }
      inputDelta.setRows(delta.rows());
      Arrays.fill(inputDelta.values(), 0, delta.rows() * map.size(), 0f);
      VectorMath.scale(share, delta.values(), 0, delta.rows() * delta.cols());
      for (int plane = 0; plane < delta.rows() * map.channels(); plane++) {
        for (int y = 0; y < down; y++) {
          spread(delta.values(), (plane * down + y) * across, plane * map.area(), y);
        }
      }
      return inputDelta;
    }

    private void spread(float[] d, int from, int plane, int y) {
      int bottom = Math.min(window.top(y) + window.kernel().height(), map.height());
      int stride = window.stride().width();
      float[] to = inputDelta.values();
      for (int i = Math.max(window.top(y), 0); i < bottom; i++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          int line = plane + i * map.width() + window.left(0) + kx;
          for (int x = first[kx]; x < end[kx]; x++) {
            to[line + x * stride] += d[from + x];
          }
        }
      }
    }
  }
}
