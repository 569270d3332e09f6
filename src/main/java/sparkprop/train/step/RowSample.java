package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import sparkprop.cluster.Packed;
import sparkprop.data.Block;
import sparkprop.linalg.SparseRows;
import sparkprop.nn.Batch;
import sparkprop.nn.Slice;

/**
 * A few training rows, brought together where they can be looked at again and again: of each
 * partition as many as a mini-batch of this size takes, drawn by lot, since neighbours are often
 * alike. They come from the partition's last window, the one that always has rows.
 */
final class RowSample {
  /** Keeps the lots apart from those of passes. */
  private static final long KEY = 0x73616d706c65L;

  /** How many rows by the number of their window, that is the RDD partition or list of blocks. */
  private final Map<Integer, Integer> counts;

  private RowSample(Map<Integer, Integer> counts) {
    this.counts = counts;
  }

  /**
   * Plans a sample.
   *
   * @param most rows at most
   * @param rows training rows of each partition, not all 0
   * @param windows windows that each partition is cut into
   */
  static RowSample of(int most, long[] rows, int windows) {
    MiniBatch first = MiniBatchPlan.of(rows, most).newPass().next();
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int p = 0; p < rows.length; p++) {
      if (first.rows(p) > 0) {
        counts.put((p + 1) * windows - 1, first.rows(p));
      }
    }
    return new RowSample(counts);
  }

  /** Draws it from blocks in this JVM, one list a window. */
  Slice from(List<List<Block>> windows) {
    List<Block> drawn = new ArrayList<>();
    counts.forEach((window, count) -> drawn.add(draw(windows.get(window), count)));
    return slice(drawn);
  }

  /** Draws it by a job that reads the windows it comes from and no other. */
  Slice from(JavaRDD<Block> windows) {
    Map<Integer, Integer> wanted = counts;
    List<Packed<Block>>[] drawn =
        windows
            .mapPartitionsWithIndex(
                (window, blocks) ->
                    List.of(Packed.of(draw(all(blocks), wanted.getOrDefault(window, 0))))
                        .iterator(),
                true)
            .collectPartitions(counts.keySet().stream().mapToInt(Integer::intValue).toArray());
    return slice(Arrays.stream(drawn).map(one -> one.get(0).value()).toList());
  }

  private static List<Block> all(Iterator<Block> blocks) {
    List<Block> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    return all;
  }

  private static Block draw(List<Block> blocks, int count) {
    BlockWindow window = BlockWindow.permuted(blocks, KEY);
    Block like = blocks.get(0);
    Batch batch =
        new Batch(
            like.features().cols(),
            like.targetWidth(),
            Math.min(count, window.rows()),
            like.features() instanceof SparseRows);
    window.fill(batch, 0, batch.weights().length);
    return new Block(batch.features(), batch.targets(), batch.weights(), batch.rowNumbers());
  }

  private static Slice slice(List<Block> drawn) {
    return new BlockSlice(
        drawn.stream()
            .map(BlockWindow::inOrder)
            .map(rows -> new BlockSlice.Stretch(() -> rows, 0, rows.rows()))
            .toList(),
        () -> {});
  }
}
