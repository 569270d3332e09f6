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
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import sparkprop.data.Block;
import sparkprop.train.PassSums;

/**
 * The tasks that take part in a pass of this JVM's, as many as there are slots at most. Any of them
 * may read any partition of the blocks, which are all in this JVM. The one that leads gives what
 * the pass has met, as three numbers, because Kryo, which a user may have chosen as Spark's
 * serializer, cannot write records.
 */
final class PassRdd extends RDD<double[]> {
  private static final long serialVersionUID = 1;

  private final String fit;
  private final boolean sparse;
  private final BlockSource blocks;
  private final Partition[] blockPartitions;
  private final int tasks;

  PassRdd(SparkContext context, String fit, boolean sparse, RDD<Block> blocks, int tasks) {
    super(context, dependency(blocks), ClassTag$.MODULE$.apply(double[].class));
    this.fit = fit;
    this.sparse = sparse;
    this.blocks = new BlockSource.Carried(blocks);
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
  public Iterator<double[]> compute(Partition seat, TaskContext task) {
    List<double[]> result = new ArrayList<>(1);
    SharedPasses.of(fit)
        .ifPresent(
            pass -> {
              PassSums met =
                  pass.take(
                      new Worker(
                          pass.network().newWorkspace(sparse),
                          p -> blocks.blocks(blockPartitions[p], task),
                          () -> SliceRdd.checkKilled(task)));
              if (met != null) {
                result.add(new double[] {met.first(), met.objectiveSum(), met.weightSum()});
              }
            });
    return CollectionConverters.asScala(result.iterator());
  }

  private static Seq<Dependency<?>> dependency(RDD<Block> blocks) {
    List<Object> all = Arrays.stream(blocks.partitions()).map(p -> (Object) p.index()).toList();
    List<Dependency<?>> dependencies = List.of(new All(blocks, all));
    return CollectionConverters.asScala(dependencies).toSeq();
  }

  /** Each task may read all partitions. */
  private static final class All extends NarrowDependency<Block> {
    private static final long serialVersionUID = 1;

    private final transient List<Object> partitions;

    All(RDD<Block> blocks, List<Object> partitions) {
      super(blocks);
      this.partitions = partitions;
    }

    @Override
    public Seq<Object> getParents(int seat) {
      return CollectionConverters.asScala(partitions).toSeq();
    }
  }
}
