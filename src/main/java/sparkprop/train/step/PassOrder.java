package sparkprop.train.step;

import java.util.ArrayList;
import java.util.List;
import sparkprop.data.Windows;
import sparkprop.linalg.Permutation;
import sparkprop.linalg.Randomness;

/**
 * The order in which a pass visits a partition's rows: window by window, in an order of windows
 * that is drawn by (seed, pass) and is the same in all partitions, and within a window by a
 * permutation of its rows drawn by (seed, pass, number of the window's first row). With one window
 * the whole partition is permuted.
 */
final class PassOrder {
  /** Keep the draws of this class apart from each other and from those of layers. */
  private static final long WINDOWS = 0x77696e646f7773L;

  private static final long ROWS = 0x726f7773L;

  private final long rowKey;
  private final int[] windows;

  PassOrder(long seed, int pass, int windows) {
    this.rowKey = rowKey(seed, pass);
    Permutation order = new Permutation(windows, Randomness.hash(seed, pass, WINDOWS));
    this.windows = new int[windows];
    for (int visit = 0; visit < windows; visit++) {
      this.windows[visit] = order.at(visit);
    }
  }

  /** What {@link #rows} needs to know of seed and pass. */
  static long rowKey(long seed, int pass) {
    return Randomness.hash(seed, pass, ROWS);
  }

  /** The order of a window's rows in the pass of this key. */
  static Permutation rows(long rowKey, long firstRowNumber, int rows) {
    return new Permutation(rows, Randomness.hash(rowKey, firstRowNumber));
  }

  long rowKey() {
    return rowKey;
  }

  /** Which window is visited at a time. */
  int window(int visit) {
    return windows[visit];
  }

  /** Position at which a visit ends in the order of a partition of {@code rows} rows. */
  long visitEnd(int visit, long rows) {
    long end = 0;
    for (int v = 0; v <= visit; v++) {
      end += windowRows(windows[v], rows);
    }
    return end;
  }

  /**
   * Where positions {@code from} to {@code to} of the order of a partition of {@code rows} rows
   * lie; empty stretches are left out.
   */
  List<Span> spans(long rows, long from, long to) {
    List<Span> spans = new ArrayList<>(1);
    long start = 0;
    for (int visit = 0; visit < windows.length && start < to; visit++) {
      long end = start + windowRows(windows[visit], rows);
      long first = Math.max(from, start);
      long last = Math.min(to, end);
      if (first < last) {
        spans.add(span(visit, first - start, last - start));
      }
      start = end;
    }
    return spans;
  }

  private Span span(int visit, long from, long to) {
    return new Span(visit, windows[visit], Math.toIntExact(from), Math.toIntExact(to));
  }

  private long windowRows(int k, long rows) {
    Windows cut = new Windows(windows.length);
    return cut.start(k + 1, rows) - cut.start(k, rows);
  }
}
