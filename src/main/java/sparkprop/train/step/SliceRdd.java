package sparkprop.train.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import sparkprop.data.Block;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;

/**
 * The gradients of one mini-batch: a task for each slice that is not empty. The dependency is
 * narrow and names only the windows that the slice reads, so a task runs where they are cached and
 * touches no other.
 *
 * <p>A result is the training partition's number and its sum. Results are no records: Kryo, which a
 * user may have chosen as Spark's serializer, cannot write those.
 */
final class SliceRdd extends RDD<Tuple2<Integer, GradientSum>> {
  private static final long serialVersionUID = 1;

  private final Network network;
  private final boolean sparse;
  private final Broadcast<FloatArray> weights;
  private final long seed;
  private final int pass;
  private final int update;
  private final long rowKey;
  private final List<BlockSource> sources;
  private final transient SlicePartition[] slices;

  /**
   * @param windows the cached windows that the slices read
   * @param sources where tasks find them
   * @param slices the tasks, each of whose sources names its window by index
   */
  SliceRdd(
      SparkContext context,
      Network network,
      boolean sparse,
      Broadcast<FloatArray> weights,
      Slices miniBatch,
      List<RDD<Block>> windows,
      List<BlockSource> sources,
      SlicePartition[] slices) {
    super(context, dependencies(windows, slices), ClassTag$.MODULE$.apply(Tuple2.class));
    this.network = network;
    this.sparse = sparse;
    this.weights = weights;
    this.seed = miniBatch.moment().seed();
    this.pass = miniBatch.moment().pass();
    this.update = miniBatch.moment().update();
    this.rowKey = miniBatch.rowKey();
    this.sources = List.copyOf(sources);
    this.slices = slices;
  }

  @Override
  public Partition[] getPartitions() {
    return slices;
  }

  @Override
  public Iterator<Tuple2<Integer, GradientSum>> compute(Partition split, TaskContext task) {
    SlicePartition slice = (SlicePartition) split;
    List<BlockSlice.Stretch> stretches = new ArrayList<>();
    for (SlicePartition.Source source : slice.sources()) {
      stretches.add(new BlockSlice.Stretch(() -> read(source, task), source.from(), source.to()));
    }
    SliceWorker worker =
        new SliceWorker(
            network,
            weights.value().values(),
            network.newWorkspace(sparse),
            () -> checkKilled(task));
    GradientSum sum = network.newGradientSum();
    worker.addGradient(new Moment(seed, pass, update), stretches, sum);
    return CollectionConverters.asScala(
        List.of(new Tuple2<>(slice.trainingPartition(), sum)).iterator());
  }

  private BlockWindow read(SlicePartition.Source source, TaskContext task) {
    return BlockWindow.permuted(
        sources.get(source.parent()).blocks(source.partition(), task), rowKey);
  }

  static void checkKilled(TaskContext task) {
    if (task.isInterrupted()) {
      throw new TaskKilledException("training was stopped");
    }
  }

  private static Seq<Dependency<?>> dependencies(
      List<RDD<Block>> windows, SlicePartition[] slices) {
    List<Dependency<?>> dependencies = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      dependencies.add(new WindowDependency(windows.get(w), w, slices));
    }
    return CollectionConverters.asScala(dependencies).toSeq();
  }

  /**
   * Tells the scheduler which partitions of one window's RDD a slice reads. Tasks have no use for
   * it, and it would drag the window's lineage along, so that it stays on the driver.
   */
  private static final class WindowDependency extends NarrowDependency<Block> {
    private static final long serialVersionUID = 1;

    private final int parent;
    private final transient SlicePartition[] slices;

    WindowDependency(RDD<Block> window, int parent, SlicePartition[] slices) {
      super(window);
      this.parent = parent;
      this.slices = slices;
    }

    private @Nullable Object writeReplace() {
      return null;
    }

    @Override
    public Seq<Object> getParents(int partition) {
      List<Object> read =
          slices[partition].sources().stream()
              .filter(s -> s.parent() == parent)
              .map(s -> (Object) s.partition().index())
              .toList();
      return CollectionConverters.asScala(read).toSeq();
    }
  }
}
