package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import sparkprop.data.Block;
import sparkprop.train.PassSums;

/**
 * The tasks that make a pass together, as many as there are slots at most. Any of them may read any
 * partition of the blocks. They {@link Meeting meet}, and the first one brings home what comes of
 * the pass, whichever has led: so the job has its result whenever that task ends well, be it late
 * or repeated.
 *
 * @param <T> what comes of the pass
 */
final class PassRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1;

  private final Meeting<T> meeting;
  private final boolean sparse;
  private final KernelsUsed kernels;
  private final BlockSource source;
  private final Partition[] blockPartitions;
  private final int tasks;

  /**
   * @param kernels where tasks note theirs
   * @param blocks the cached blocks
   * @param source where tasks find them
   */
  PassRdd(
      SparkContext context,
      Meeting<T> meeting,
      boolean sparse,
      KernelsUsed kernels,
      RDD<Block> blocks,
      BlockSource source,
      int tasks) {
    super(context, dependency(blocks), ClassTag$.MODULE$.apply(Object.class));
    this.meeting = meeting;
    this.sparse = sparse;
    this.kernels = kernels;
    this.source = source;
    this.blockPartitions = blocks.partitions();
    this.tasks = tasks;
  }

  /** One of the tasks. */
  private record Seat(int index) implements Partition {
    private static final long serialVersionUID = 1;
  }

  @Override
  public Partition[] getPartitions() {
    return IntStream.range(0, tasks).mapToObj(Seat::new).toArray(Partition[]::new);
  }

  @Override
  public Iterator<T> compute(Partition seat, TaskContext task) {
    kernels.noteOurs();
    List<T> result = new ArrayList<>(1);
    meeting
        .pass()
        .ifPresent(
            pass -> {
              PassSums met =
                  pass.take(
                      new Worker(
                          pass.network().newWorkspace(sparse),
                          p -> source.blocks(blockPartitions[p], task),
                          () -> SliceRdd.checkKilled(task)));
              if (seat.index() == 0) {
                result.add(meeting.result(pass, met));
              }
            });
    return CollectionConverters.asScala(result.iterator());
  }

  private static Seq<Dependency<?>> dependency(RDD<Block> blocks) {
    List<Object> all = Arrays.stream(blocks.partitions()).map(p -> (Object) p.index()).toList();
    List<Dependency<?>> dependencies = List.of(new All(blocks, all));
    return CollectionConverters.asScala(dependencies).toSeq();
  }

  /** Each task may read all partitions. Tasks have no use for it, so that it is not sent. */
  private static final class All extends NarrowDependency<Block> {
    private static final long serialVersionUID = 1;

    private final transient List<Object> partitions;

    All(RDD<Block> blocks, List<Object> partitions) {
      super(blocks);
      this.partitions = partitions;
    }

    private @Nullable Object writeReplace() {
      return null;
    }

    @Override
    public Seq<Object> getParents(int seat) {
      return CollectionConverters.asScala(partitions).toSeq();
    }
  }
}
