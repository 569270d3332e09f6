package sparkprop.train.step;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import sparkprop.data.Block;
import sparkprop.nn.Batch;

/** The blocks of one window, with their rows in the order in which a pass visits them. */
final class BlockWindow {
  private final List<Block> blocks;

  /** Where each block begins, counted in rows; the last entry is the window's number of rows. */
  private final int[] starts;

  private final IntUnaryOperator order;

  private BlockWindow(List<Block> blocks, int[] starts, IntUnaryOperator order) {
    this.blocks = blocks;
    this.starts = starts;
    this.order = order;
  }

  /** A window whose rows are visited in the order of a pass. */
  static BlockWindow permuted(List<Block> blocks, long rowKey) {
    List<Block> filled = blocks.stream().filter(block -> block.rows() > 0).toList();
    int[] starts = starts(filled);
    if (filled.isEmpty()) {
      return new BlockWindow(filled, starts, IntUnaryOperator.identity());
    }
    long firstRow = filled.get(0).rowNumbers()[0];
    return new BlockWindow(
        filled, starts, PassOrder.rows(rowKey, firstRow, starts[filled.size()])::at);
  }

  /** The rows of one block, visited as they stand. */
  static BlockWindow inOrder(Block block) {
    return new BlockWindow(
        List.of(block), new int[] {0, block.rows()}, IntUnaryOperator.identity());
  }

  int rows() {
    return starts[blocks.size()];
  }

  /** Appends the rows at positions {@code from} to {@code from + count} of the order. */
  void fill(Batch batch, int from, int count) {
    for (int position = from; position < from + count; position++) {
      int row = order.applyAsInt(position);
      int found = Arrays.binarySearch(starts, row);
      int b = found >= 0 ? found : -found - 2;
      Block block = blocks.get(b);
      int r = row - starts[b];
      batch.append(
          block.features(),
          r,
          block.targets(),
          r * block.targetWidth(),
          block.weights()[r],
          block.rowNumbers()[r]);
    }
  }

  private static int[] starts(List<Block> blocks) {
    int[] starts = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++) {
      starts[b + 1] = Math.addExact(starts[b], blocks.get(b).rows());
    }
    return starts;
  }
}
