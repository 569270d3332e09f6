package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.reflect.ClassTag$;
import sparkprop.cluster.Packed;
import sparkprop.data.Block;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class BlockSourceTest {
  private final JavaSparkContext context;
  private final LongAccumulator made;

  BlockSourceTest(SparkSession session) {
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
    made = session.sparkContext().longAccumulator();
  }

  /** Blocks of one partition, counting how often they are made. */
  private JavaRDD<Block> blocks() {
    SparkData data = ClusterData.of(context, Samples.local(20));
    return ClusterData.counted(data, made).blocks();
  }

  @Test
  void whatIsPersistedIsReadAndWhatIsLostMadeAgain() {
    JavaRDD<Block> blocks = blocks().persist(StorageLevel.MEMORY_ONLY());
    RDD<Block> rdd = blocks.rdd();
    Broadcast<Packed<RDD<Block>>> lineage = context.broadcast(BlockSource.lineage(rdd));
    Broadcast<Packed<RDD<Block>>> toNothing =
        context.broadcast(BlockSource.lineage(blocks().filter(block -> false).rdd()));
    blocks.count();

    assertThat(rowsReadInATask(new BlockSource.Persisted(rdd.id(), toNothing), rdd))
        .as("the lineage is not asked where there is a block")
        .isEqualTo(20);
    assertThat(made.value()).isEqualTo(1);

    blocks.unpersist(true);
    assertThat(rowsReadInATask(new BlockSource.Persisted(rdd.id(), lineage), rdd)).isEqualTo(20);
    assertThat(made.value()).isEqualTo(2);
    lineage.destroy();
    toNothing.destroy();
  }

  private int rowsReadInATask(BlockSource source, RDD<Block> rdd) {
    Partition partition = rdd.partitions()[0];
    return context
        .parallelize(List.of(0), 1)
        .map(i -> source.blocks(partition, TaskContext.get()).stream().mapToInt(Block::rows).sum())
        .first();
  }

  @Test
  void aJobDoesNotCarryTheLineage() {
    byte[] plan = new byte[1 << 20];
    RDD<Block> rdd = blocks().filter(block -> plan.length > 0).rdd();
    Network network = Samples.network("dense(4)");
    Broadcast<FloatArray> weights = context.broadcast(new FloatArray(new float[0]));
    Broadcast<Packed<RDD<Block>>> lineage = context.broadcast(BlockSource.lineage(rdd));
    KernelsUsed kernels = new KernelsUsed();
    context.sc().register(kernels);
    SliceRdd<GradientSum> slices =
        new SliceRdd<>(
            context.sc(),
            network,
            false,
            weights,
            kernels,
            MiniBatches.of(network, new long[] {20}, 1, 20).at(new Moment(1, 0, 0)),
            List.of(rdd),
            List.of(new BlockSource.Persisted(rdd.id(), lineage)),
            new SlicePartition[0],
            (worker, turns) -> worker.gradient(turns.get(0), false));
    assertThat(slices.dependencies().size()).isEqualTo(1);

    assertThat(bytes(rdd)).isGreaterThan(plan.length);
    assertThat(bytes(slices)).isLessThan(plan.length / 10);
    weights.destroy();
    lineage.destroy();
  }

  /** As Spark would send it with a task. */
  private static int bytes(RDD<?> rdd) {
    return SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .serialize(rdd, ClassTag$.MODULE$.apply(Object.class))
        .remaining();
  }
}
