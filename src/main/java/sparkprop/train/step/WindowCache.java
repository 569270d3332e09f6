package sparkprop.train.step;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Function1;
import sparkprop.data.Block;

/**
 * The windows that a pass has open. Where blocks do not fit storage memory they lie on disk, cut
 * into windows, and a window is held in memory from its first update to its last, so that a pass
 * reads each block about once; a window that a single update reads is not held. Where blocks fit
 * there is one window, the blocks themselves, and nothing to do.
 */
final class WindowCache implements AutoCloseable {
  private final RDD<Block> blocks;
  private final int windows;

  /** Windows in memory, by number. */
  private final Map<Integer, RDD<Block>> held = new HashMap<>();

  /**
   * @param blocks partition p * windows + k holds window k of training partition p
   */
  WindowCache(RDD<Block> blocks, int windows) {
    this.blocks = blocks;
    this.windows = windows;
  }

  /** The blocks of all windows. */
  RDD<Block> blocks() {
    return blocks;
  }

  /** The windows that a mini-batch reads; partition p of each is that of training partition p. */
  List<RDD<Block>> open(Slices slices) {
    if (windows == 1) {
      return List.of(blocks);
    }
    if (slices.moment().update() == 0) {
      close();
    }
    List<RDD<Block>> opened = new ArrayList<>();
    for (Slices.Visit visit : slices.visits()) {
      RDD<Block> window = held.get(visit.window());
      if (window == null) {
        window = window(visit.window());
        if (!visit.last()) {
          held.put(visit.window(), window.persist(StorageLevel.MEMORY_ONLY()));
        }
      }
      opened.add(window);
    }
    return opened;
  }

  private RDD<Block> window(int window) {
    int count = windows;
    return PartitionPruningRDD.create(
        blocks, (Function1<Object, Object> & Serializable) p -> (int) p % count == window);
  }

  /** Drops the windows that no later mini-batch of the pass reads. */
  void release(Slices slices) {
    for (Slices.Visit visit : slices.visits()) {
      RDD<Block> window = visit.last() ? held.remove(visit.window()) : null;
      if (window != null) {
        window.unpersist(false);
      }
    }
  }

  /** Drops all windows. */
  @Override
  public void close() {
    held.values().forEach(window -> window.unpersist(false));
    held.clear();
  }
}
