package sparkprop.data;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/** Groups partitions by their index alone, whatever machines they are on. */
final class NeighbourCoalescer implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] starts;

  /**
   * Groups of neighbours.
   *
   * @param starts first partition of each group, then the number of partitions
   */
  NeighbourCoalescer(int[] starts) {
    this.starts = starts;
  }

  @Override
  public PartitionGroup[] coalesce(int groups, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] result = new PartitionGroup[groups];
    for (int group = 0; group < groups; group++) {
      result[group] = new PartitionGroup(Option.empty());
      for (int i = starts[group]; i < starts[group + 1]; i++) {
        result[group].partitions().addOne(partitions[i]);
      }
    }
    return result;
  }
}
