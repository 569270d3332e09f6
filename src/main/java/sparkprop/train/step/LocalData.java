package sparkprop.train.step;

import java.util.List;
import sparkprop.data.Block;
import sparkprop.linalg.SparseRows;

/**
 * Training and validation rows in this JVM's memory, laid out like those of a cluster.
 *
 * @param blocks entry p * windows + k holds window k of partition p, that is rows floor(k n / K) to
 *     floor((k + 1) n / K) of its n rows
 * @param windows windows that each partition is cut into
 * @param validation blocks of each validation partition; empty if nothing validates
 */
public record LocalData(List<List<Block>> blocks, int windows, List<List<Block>> validation) {
  public LocalData {
    if (windows < 1 || blocks.isEmpty() || blocks.size() % windows != 0) {
      throw new IllegalArgumentException(
          blocks.size() + " lists of blocks are not partitions of " + windows + " windows each");
    }
    blocks = blocks.stream().map(List::copyOf).toList();
    validation = validation.stream().map(List::copyOf).toList();
  }

  /** Data of which nothing validates, one window a partition. */
  public static LocalData of(List<List<Block>> partitions) {
    return new LocalData(partitions, 1, List.of());
  }

  int partitions() {
    return blocks.size() / windows;
  }

  long[] rows() {
    long[] rows = new long[partitions()];
    for (int i = 0; i < blocks.size(); i++) {
      rows[i / windows] += blocks.get(i).stream().mapToLong(Block::rows).sum();
    }
    return rows;
  }

  boolean sparse() {
    return blocks.stream().flatMap(List::stream).anyMatch(b -> b.features() instanceof SparseRows);
  }
}
