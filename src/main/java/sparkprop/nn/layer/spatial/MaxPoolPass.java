package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.RowContext;

/**
 * The largest number that a window sees on each map; what is padded around the map never is. The
 * delta goes to the place of that number alone, the first of equal ones, as in PyTorch's {@code
 * MaxPool2d}.
 */
final class MaxPoolPass implements LayerPass {
  private final MapShape map;
  private final Window window;
  private final int down;
  private final int across;
  private final int capacity;
  private final DenseRows largest;
  // Where in the whole block of input rows each of the largest stood.
  private final int[] places;
  private DenseRows inputDelta = DenseRows.EMPTY;

  MaxPoolPass(MapShape map, Window window, int capacity) {
    this.map = map;
    this.window = window;
    this.down = window.down(map);
    this.across = window.across(map);
    this.capacity = capacity;
    this.largest = new DenseRows(capacity, map.channels() * down * across);
    this.places = new int[largest.values().length];
  }

  @Override
  public Rows forward(float[] weights, Rows input, RowContext context) {
    DenseRows a = input.dense();
    largest.setRows(a.rows());
    int to = 0;
    for (int plane = 0; plane < a.rows() * map.channels(); plane++) {
      for (int y = 0; y < down; y++) {
        for (int x = 0; x < across; x++) {
          int place = placeOfLargest(a.values(), plane * map.area(), y, x);
          places[to] = place;
          largest.values()[to] = a.values()[place];
          to++;
        }
      }
    }
    return largest;
  }

  private int placeOfLargest(float[] a, int plane, int y, int x) {
    int bottom = Math.min(window.top(y) + window.kernel().height(), map.height());
    int right = Math.min(window.left(x) + window.kernel().width(), map.width());
    int top = Math.max(window.top(y), 0);
    int left = Math.max(window.left(x), 0);
    int best = plane + top * map.width() + left;
    for (int i = top; i < bottom; i++) {
      int line = plane + i * map.width();
      for (int j = line + left; j < line + right; j++) {
        // NaN wins, as it would in a sum.
        best = a[j] > a[best] || Float.isNaN(a[j]) ? j : best;
      }
    }
    return best;
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
    float[] to = inputDelta.values();
    Arrays.fill(to, 0, delta.rows() * map.size(), 0f);
    float[] d = delta.values();
    for (int k = 0; k < delta.rows() * delta.cols(); k++) {
      to[places[k]] += d[k];
    }
    return inputDelta;
  }
}
