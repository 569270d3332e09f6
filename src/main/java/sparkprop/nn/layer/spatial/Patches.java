package sparkprop.nn.layer.spatial;

import java.util.Arrays;
import sparkprop.text.Size;

/**
 * What a window sees at all its places on the maps of one row, as a matrix: a line for each
 * channel, kernel row and kernel column, and in it a number for each place. ("im2col"; Chellapilla,
 * Puri and Simard, "High performance convolutional neural networks for document processing", 2006.)
 *
 * <p>Where the window moves by one, a line is a stretch of the padded map as it lies in memory: one
 * copy. The places of one row of the output then stand a padded width apart, and what lies between
 * them is seen by no place: it is computed and left out. That costs less than copying line by line.
 */
final class Patches {
  private final MapShape map;
  private final Window window;
  private final int down;
  private final int across;
  private final boolean inStretches;
  private final int pitch;
  // The maps with their padding, whose zeros stay, and what is summed up in the same places.
  private final float[] padded;
  private final float[] sums;

  Patches(MapShape map, Window window) {
    this.map = map;
    this.window = window;
    this.down = window.down(map);
    this.across = window.across(map);
    this.inStretches = window.stride().equals(new Size(1, 1)) && !isRow();
    this.pitch = inStretches ? map.width() + 2 * window.padding().width() : across;
    int size = map.channels() * (map.height() + 2 * window.padding().height()) * pitch;
    this.padded = new float[inStretches ? size : 0];
    this.sums = new float[inStretches ? size : 0];
  }

  /** Lines of the matrix. */
  int lines() {
    return map.channels() * window.area();
  }

  /** Places of the window. */
  int places() {
    return down * across;
  }

  /** Columns of the matrix: the places, and what lies between them. */
  int columns() {
    return (down - 1) * pitch + across;
  }

  /** Whether the matrix is the row itself. */
  boolean isRow() {
    return window.area() == 1
        && window.stride().equals(new Size(1, 1))
        && window.padding().equals(new Size(0, 0));
  }

  /** Whether each column is a place. */
  boolean isTight() {
    return pitch == across;
  }

  /**
   * Adds to the numbers of the places, which stand side by side, those of columns.
   *
   * @param columns one line of a matrix with these columns
   * @param from where it begins
   * @param places added to
   * @param to where the places begin
   */
  void addPlaces(float[] columns, int from, float[] places, int to) {
    for (int y = 0; y < down; y++) {
      int source = from + y * pitch;
      int target = to + y * across;
      for (int x = 0; x < across; x++) {
        places[target + x] += columns[source + x];
      }
    }
  }

  /** Spreads the numbers of the places over a line of columns, with zeros between them. */
  void spread(float[] places, int from, float[] columns, int to) {
    for (int y = 0; y < down; y++) {
      int target = to + y * pitch;
      System.arraycopy(places, from + y * across, columns, target, across);
      if (y + 1 < down) {
        Arrays.fill(columns, target + across, target + pitch, 0f);
      }
    }
  }

  /**
   * Fills the matrix from a row.
   *
   * @param row where the row's numbers are
   * @param from where they begin
   * @param matrix lines x columns
   */
  void gather(float[] row, int from, float[] matrix) {
    if (inStretches) {
      pad(row, from);
    }
    int line = 0;
    for (int c = 0; c < map.channels(); c++) {
      for (int ky = 0; ky < window.kernel().height(); ky++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          if (inStretches) {
            System.arraycopy(padded, stretch(c, ky, kx), matrix, line * columns(), columns());
          } else {
            gatherLine(row, from + c * map.area(), ky, kx, matrix, line * columns());
          }
          line++;
        }
      }
    }
  }

  /** Where in the padded maps the first place's number of a line stands. */
  private int stretch(int c, int ky, int kx) {
    return (c * (map.height() + 2 * window.padding().height()) + ky) * pitch + kx;
  }

  /** Where in the padded maps a line of a map begins. */
  private int paddedLine(int c, int y) {
    return stretch(c, y + window.padding().height(), window.padding().width());
  }

  private void pad(float[] row, int from) {
    for (int c = 0; c < map.channels(); c++) {
      for (int y = 0; y < map.height(); y++) {
        int source = from + c * map.area() + y * map.width();
        System.arraycopy(row, source, padded, paddedLine(c, y), map.width());
      }
    }
  }

  private void gatherLine(float[] row, int plane, int ky, int kx, float[] matrix, int to) {
    int first = window.firstInside(map, kx);
    int end = window.endInside(map, kx);
    Arrays.fill(matrix, to, to + columns(), 0f);
    for (int y = 0; y < down; y++) {
      int source = window.top(y) + ky;
      if (source >= 0 && source < map.height()) {
        int start = plane + source * map.width() + window.left(0) + kx;
        for (int x = first; x < end; x++) {
          matrix[to + y * across + x] = row[start + x * window.stride().width()];
        }
      }
    }
  }

  /**
   * Sets a row to the sums of the numbers that were taken from each of its places: the derivative
   * of {@link #gather}, backwards.
   *
   * @param matrix lines x columns, what lies between places being 0
   */
  void scatter(float[] matrix, float[] row, int to) {
    if (inStretches) {
      Arrays.fill(sums, 0f);
    } else {
      Arrays.fill(row, to, to + map.size(), 0f);
    }
    int line = 0;
    for (int c = 0; c < map.channels(); c++) {
      for (int ky = 0; ky < window.kernel().height(); ky++) {
        for (int kx = 0; kx < window.kernel().width(); kx++) {
          if (inStretches) {
            addStretch(matrix, line * columns(), stretch(c, ky, kx));
          } else {
            scatterLine(matrix, line * columns(), ky, kx, row, to + c * map.area());
          }
          line++;
        }
      }
    }
    if (inStretches) {
      unpad(row, to);
    }
  }

  private void addStretch(float[] matrix, int from, int to) {
    int columns = columns();
    for (int i = 0; i < columns; i++) {
      sums[to + i] += matrix[from + i];
    }
  }

  private void unpad(float[] row, int to) {
    for (int c = 0; c < map.channels(); c++) {
      for (int y = 0; y < map.height(); y++) {
        int target = to + c * map.area() + y * map.width();
        System.arraycopy(sums, paddedLine(c, y), row, target, map.width());
      }
    }
  }

  private void scatterLine(float[] matrix, int from, int ky, int kx, float[] row, int plane) {
    int first = window.firstInside(map, kx);
    int end = window.endInside(map, kx);
    for (int y = 0; y < down; y++) {
      int target = window.top(y) + ky;
      if (target >= 0 && target < map.height()) {
        int start = plane + target * map.width() + window.left(0) + kx;
        for (int x = first; x < end; x++) {
          row[start + x * window.stride().width()] += matrix[from + y * across + x];
        }
      }
    }
  }
}
