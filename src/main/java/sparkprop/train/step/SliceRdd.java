package sparkprop.train.step;

import java.io.Serializable;
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
import sparkprop.nn.Moment;
import sparkprop.nn.Network;

/**
 * What the slices of one mini-batch yield: a task for each slice that is not empty. The dependency
 * is narrow and names only the windows that the slice reads, so a task runs where they are cached
 * and touches no other.
 *
 * <p>A result is the training partition's number and its sum. Results are no records: Kryo, which a
 * user may have chosen as Spark's serializer, cannot write those.
 *
 * @param <T> what a slice yields
 */
final class SliceRdd<T> extends RDD<Tuple2<Integer, T>> {
  private static final long serialVersionUID = 1;

  /** What is computed of a partition's slices. */
  interface Work<T> extends Serializable {
    T of(SliceWorker worker, List<Turn> turns);
  }

  private final Network network;
  private final boolean sparse;
  private final Broadcast<FloatArray> weights;
  private final KernelsUsed kernels;
  private final long seed;
  private final int pass;
  private final int update;
  private final long rowKey;
  private final List<BlockSource> sources;
  private final Work<T> work;
  private final transient SlicePartition[] slices;

  /**
   * @param kernels where tasks note theirs
   * @param first the first mini-batch; the others follow it in the pass
   * @param windows the cached windows that the slices read
   * @param sources where tasks find them
   * @param slices the tasks, each of whose sources names its window by index
   * @param work what each task does
   */
  SliceRdd(
      SparkContext context,
      Network network,
      boolean sparse,
      Broadcast<FloatArray> weights,
      KernelsUsed kernels,
      Slices first,
      List<RDD<Block>> windows,
      List<BlockSource> sources,
      SlicePartition[] slices,
      Work<T> work) {
    super(context, dependencies(windows, slices), ClassTag$.MODULE$.apply(Tuple2.class));
    this.network = network;
    this.sparse = sparse;
    this.weights = weights;
    this.kernels = kernels;
    this.seed = first.moment().seed();
    this.pass = first.moment().pass();
    this.update = first.moment().update();
    this.rowKey = first.rowKey();
    this.sources = List.copyOf(sources);
    this.slices = slices;
    this.work = work;
  }

  @Override
  public Partition[] getPartitions() {
    return slices;
  }

  @Override
  public Iterator<Tuple2<Integer, T>> compute(Partition split, TaskContext task) {
    kernels.noteOurs();
    SlicePartition slices = (SlicePartition) split;
    List<Turn> turns = new ArrayList<>();
    for (List<SlicePartition.Source> sources : slices.turns()) {
      List<BlockSlice.Stretch> stretches = new ArrayList<>();
      for (SlicePartition.Source source : sources) {
        stretches.add(new BlockSlice.Stretch(() -> read(source, task), source.from(), source.to()));
      }
      turns.add(new Turn(new Moment(seed, pass, update + turns.size()), stretches));
    }
    SliceWorker worker =
        new SliceWorker(
            network,
            weights.value().values(),
            network.newWorkspace(sparse),
            () -> checkKilled(task));
    return CollectionConverters.asScala(
        List.of(new Tuple2<>(slices.trainingPartition(), work.of(worker, turns))).iterator());
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
          slices[partition]
              .sources(parent)
              .map(s -> (Object) s.partition().index())
              .distinct()
              .toList();
      return CollectionConverters.asScala(read).toSeq();
    }
  }
}
