package sparkprop.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;
import sparkprop.cluster.Packed;

/**
 * Merges one value of each partition into a single one, neighbours with neighbours, always in the
 * order of the partitions: unlike {@code RDD.treeAggregate}, whose merges follow the order in which
 * tasks end. The shape is a tree of fixed fan-in over the partitions, worked off on executors, so
 * that one value reaches the driver however many partitions there are.
 */
final class OrderedReduction {
  private static final int FAN_IN = 16;

  private OrderedReduction() {}

  /**
   * Merges the elements of an RDD.
   *
   * @param values an RDD with exactly one element in each partition
   * @param merge the earlier partitions' value and the later ones' to one; may change the earlier
   * @return empty for an RDD without partitions
   */
  static <T extends Serializable> Optional<T> reduce(JavaRDD<T> values, Function2<T, T, T> merge) {
    int nodes = values.getNumPartitions();
    if (nodes == 0) {
      return Optional.empty();
    }
    JavaPairRDD<Integer, Packed<T>> level = numbered(values);
    while (nodes > 1) {
      nodes = (nodes + FAN_IN - 1) / FAN_IN;
      level =
          numbered(
              level
                  .repartitionAndSortWithinPartitions(new NeighbourPartitioner(nodes))
                  .values()
                  .mapPartitions(children -> List.of(merged(children, merge)).iterator()));
    }
    return Optional.of(level.values().collect().get(0).value());
  }

  private static <T extends Serializable> JavaPairRDD<Integer, Packed<T>> numbered(
      JavaRDD<T> values) {
    return JavaPairRDD.fromJavaRDD(
        values.mapPartitionsWithIndex(
            (index, value) -> List.of(new Tuple2<>(index, Packed.of(value.next()))).iterator(),
            true));
  }

  private static <T extends Serializable> T merged(
      Iterator<Packed<T>> children, Function2<T, T, T> merge) throws Exception {
    T sum = children.next().value();
    while (children.hasNext()) {
      sum = merge.call(sum, children.next().value());
    }
    return sum;
  }

  /** Node i of a level is a child of node i / FAN_IN of the next. */
  private static final class NeighbourPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int parents;

    NeighbourPartitioner(int parents) {
      this.parents = parents;
    }

    @Override
    public int numPartitions() {
      return parents;
    }

    @Override
    public int getPartition(Object child) {
      return (Integer) child / FAN_IN;
    }
  }
}
