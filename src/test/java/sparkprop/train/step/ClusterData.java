package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;
import sparkprop.data.Block;

/** The same rows as {@link LocalData}'s, on Spark. */
final class ClusterData {
  private ClusterData() {}

  /** Entry i of the lists of blocks is RDD partition i. */
  static SparkData of(JavaSparkContext context, LocalData data) {
    return new SparkData(
        rdd(context, data.blocks()),
        data.windows(),
        Arrays.stream(data.rows()).boxed().toList(),
        data.sparse(),
        data.validation().isEmpty() ? null : rdd(context, data.validation()));
  }

  /** The same, counting each read of an RDD partition of training blocks. */
  static SparkData counted(SparkData data, LongAccumulator reads) {
    return new SparkData(
        data.blocks()
            .mapPartitions(
                blocks -> {
                  reads.add(1);
                  return blocks;
                },
                true),
        data.windows(),
        data.rows(),
        data.sparse(),
        data.validation());
  }

  private static JavaRDD<Block> rdd(JavaSparkContext context, List<List<Block>> lists) {
    List<Tuple2<Integer, List<Block>>> indexed = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      indexed.add(new Tuple2<>(i, new ArrayList<>(lists.get(i))));
    }
    return context.parallelize(indexed, lists.size()).flatMap(entry -> entry._2().iterator());
  }
}
