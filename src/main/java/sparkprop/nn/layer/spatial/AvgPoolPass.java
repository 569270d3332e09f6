package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.VectorMath;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.RowContext;

/**
 * The mean of what a window sees on each map, zeros of the padding included, as PyTorch's {@code
 * AvgPool2d}.
 */
final class AvgPoolPass implements LayerPass {
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

  AvgPoolPass(MapShape map, Window window, int capacity) {
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
