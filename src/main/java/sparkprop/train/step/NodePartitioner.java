package sparkprop.train.step;

import java.util.stream.IntStream;
import org.apache.spark.Partitioner;

/** Sends each node of one level of a {@link SumTree} to the partition of the node that sums it. */
final class NodePartitioner extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int[] parents;
  private final int width;

  private NodePartitioner(int[] parents, int width) {
    this.parents = parents;
    this.width = width;
  }

  /** Sends level {@code level} to the level above. */
  static NodePartitioner ofLevel(SumTree tree, int level) {
    int[] parents = IntStream.range(0, tree.width(level)).map(i -> tree.parent(level, i)).toArray();
    return new NodePartitioner(parents, tree.width(level + 1));
  }

  /** Sends the root's children to one partition. */
  static NodePartitioner ofRoot(SumTree tree) {
    return new NodePartitioner(new int[tree.width(tree.innerLevels())], 1);
  }

  @Override
  public int numPartitions() {
    return width;
  }

  @Override
  public int getPartition(Object index) {
    return parents[(Integer) index];
  }
}
