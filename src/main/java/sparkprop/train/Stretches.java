package sparkprop.train;

import java.util.Arrays;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Touched;

/**
 * The parts in which an update is made: each a few ranges of the flat array, together few enough
 * for a core's cache, solver state included. Where a gradient knows which columns it has, the
 * others are in no part, so that nothing of them changes.
 *
 * @param bounds of all ranges, ascending pairs of a first element and one past the last; may be
 *     longer than they are
 * @param starts the first range of each part, and one past the last range
 */
// A plan that is read, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Stretches(int[] bounds, int[] starts) {
  private static final int LENGTH = 8192;

  /** What is done with a range. */
  public interface Work {
    void range(int from, int to);
  }

  /** The parts of an update by this gradient. */
  public static Stretches of(GradientSum sum) {
    Touched touched = sum.touched();
    int length = sum.gradient().length;
    return of(touched == null ? new int[] {0, length} : touched.stretches(length));
  }

  /** The parts of these ranges: long ones are cut, short ones put together. */
  static Stretches of(int[] ranges) {
    long total = 0;
    for (int r = 0; r < ranges.length; r += 2) {
      total += ranges[r + 1] - ranges[r];
    }
    int most = Math.toIntExact(total / LENGTH) + 1;
    int[] bounds = new int[ranges.length + 2 * most];
    int[] starts = new int[most + 1];
    int count = 0;
    int parts = 0;
    int filled = 0;
    for (int r = 0; r < ranges.length; r += 2) {
      for (int from = ranges[r]; from < ranges[r + 1]; ) {
        int to = (int) Math.min(ranges[r + 1], (long) from + LENGTH - filled);
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
        filled += to - from;
        from = to;
        if (filled == LENGTH) {
          starts[++parts] = count;
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      starts[++parts] = count;
    }
    return new Stretches(bounds, Arrays.copyOf(starts, parts + 1));
  }

  /** How many parts there are. */
  public int count() {
    return starts.length - 1;
  }

  /** Goes through the ranges of a part, in order. */
  public void forEach(int part, Work work) {
    for (int r = starts[part]; r < starts[part + 1]; r++) {
      work.range(bounds[2 * r], bounds[2 * r + 1]);
    }
  }
}
