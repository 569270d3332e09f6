package sparkprop.train.step;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.Batch;
import sparkprop.nn.Slice;

/**
 * A slice whose rows lie in stretches of one or more windows. A window is opened when its first row
 * is asked for, and only the window last asked for is held, so that a slice that runs through many
 * windows needs memory for one.
 */
final class BlockSlice implements Slice {
  /** Positions {@code from} to {@code to} of a window's order. */
  record Stretch(Supplier<BlockWindow> window, int from, int to) {
    int rows() {
      return to - from;
    }
  }

  private final List<Stretch> stretches;
  private final Runnable checkpoint;
  private final int rows;
  private int opened = -1;
  private @Nullable BlockWindow window;

  /**
   * @param stretches where the rows lie, in their order
   * @param checkpoint called before rows are gathered; throws if the work is no longer wanted
   */
  BlockSlice(List<Stretch> stretches, Runnable checkpoint) {
    this.stretches = List.copyOf(stretches);
    this.checkpoint = checkpoint;
    this.rows = Math.toIntExact(stretches.stream().mapToLong(Stretch::rows).sum());
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void fill(Batch batch, int from, int count) {
    checkpoint.run();
    int skip = from;
    int missing = count;
    for (int s = 0; s < stretches.size() && missing > 0; s++) {
      Stretch stretch = stretches.get(s);
      if (skip < stretch.rows()) {
        int taken = Math.min(missing, stretch.rows() - skip);
        open(s).fill(batch, stretch.from() + skip, taken);
        missing -= taken;
        skip = 0;
      } else {
        skip -= stretch.rows();
      }
    }
    if (missing > 0) {
      throw new IndexOutOfBoundsException(
          "Rows " + from + " to " + (from + count) + " of a slice of " + rows);
    }
  }

  private BlockWindow open(int s) {
    if (window == null || opened != s) {
      window = null;
      window = stretches.get(s).window().get();
      opened = s;
    }
    return window;
  }
}
