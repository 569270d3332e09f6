package sparkprop.nn.layer.spatial;

import java.util.Arrays;

/**
 * What a window sees at all its places on the maps of one row, as a matrix: a line for each
 * channel, kernel row and kernel column, and in it a number for each place. ("im2col"; Chellapilla,
 * Puri and Simard, "High performance convolutional neural networks for document processing", 2006.)
 */
final class Patches {
  private final MapShape map;
  private final Window window;
  private final int down;
  private final int across;

  Patches(MapShape map, Window window) {
    this.map = map;
    this.window = window;
    this.down = window.down(map);
    this.across = window.across(map);
  }

  /** Lines of the matrix. */
  int lines() {
    return map.channels() * window.area();
  }

  /** Columns of the matrix. */
  int places() {
    return down * across;
  }

  /** Whether the matrix is the row itself. */
  boolean isRow() {
    return window.area() == 1
        && places() == map.area()
        && window.padding().height() + window.padding().width() == 0;
  }

  /**
   * Fills the matrix from a row.
   *
   * @param row where the row's numbers are
   * @param from where they begin
   * @param matrix lines x places
   */
  void gather(float[] row, int from, float[] matrix) {
    int line = 0;
    for (int c = 0; c < map.channels(); c++) {
      int plane = from + c * map.area();
      for (int ky = 0; ky < window.kernel().height(); ky++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          gatherLine(row, plane, ky, kx, matrix, line * places());
          line++;
        }
      }
    }
  }

  private void gatherLine(float[] row, int plane, int ky, int kx, float[] matrix, int to) {
    int first = firstInside(kx);
    int end = endInside(kx);
    int step = window.stride().width();
    int left = kx - window.padding().width();
    for (int y = 0; y < down; y++) {
      int at = to + y * across;
      int source = y * window.stride().height() + ky - window.padding().height();
      if (source < 0 || source >= map.height()) {
        Arrays.fill(matrix, at, at + across, 0f);
        continue;
      }
      int start = plane + source * map.width() + left;
      Arrays.fill(matrix, at, at + first, 0f);
      if (step == 1) {
        System.arraycopy(row, start + first, matrix, at + first, end - first);
      } else {
        for (int x = first; x < end; x++) {
          matrix[at + x] = row[start + x * step];
        }
      }
      Arrays.fill(matrix, at + end, at + across, 0f);
    }
  }

  /**
   * Adds the matrix to a row, each number to the one it was taken from: the derivative of {@link
   * #gather}, backwards.
   */
  void scatter(float[] matrix, float[] row, int to) {
    int line = 0;
    for (int c = 0; c < map.channels(); c++) {
      int plane = to + c * map.area();
      for (int ky = 0; ky < window.kernel().height(); ky++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          scatterLine(matrix, line * places(), ky, kx, row, plane);
          line++;
        }
      }
    }
  }

  private void scatterLine(float[] matrix, int from, int ky, int kx, float[] row, int plane) {
    int first = firstInside(kx);
    int end = endInside(kx);
    int step = window.stride().width();
    int left = kx - window.padding().width();
    for (int y = 0; y < down; y++) {
      int at = from + y * across;
      int target = y * window.stride().height() + ky - window.padding().height();
      if (target < 0 || target >= map.height()) {
        continue;
      }
      int start = plane + target * map.width() + left;
      if (step == 1) {
        for (int x = first; x < end; x++) {
          row[start + x] += matrix[at + x];
        }
      } else {
        for (int x = first; x < end; x++) {
          row[start + x * step] += matrix[at + x];
        }
      }
    }
  }

  /** The first place across whose kernel column stands on the map. */
  private int firstInside(int kx) {
    int outside = window.padding().width() - kx;
    return Math.min(across, outside <= 0 ? 0 : ceilDiv(outside, window.stride().width()));
  }

  /** The place across after the last whose kernel column stands on the map. */
  private int endInside(int kx) {
    int inside = map.width() + window.padding().width() - kx;
    return Math.max(
        firstInside(kx),
        Math.min(across, inside <= 0 ? 0 : ceilDiv(inside, window.stride().width())));
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
