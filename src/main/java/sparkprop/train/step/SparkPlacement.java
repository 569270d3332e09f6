package sparkprop.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import sparkprop.cluster.JobScope;
import sparkprop.cluster.Packed;
import sparkprop.cluster.Results;
import sparkprop.data.Block;
import sparkprop.data.ChangedInputException;
import sparkprop.data.TrainingData;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.train.Placement;
import sparkprop.train.TrainingPlan;

/**
 * Slices computed by the tasks of one Spark job an update. The weights travel by a broadcast that
 * is destroyed when the update is over; each partition that gives rows is one task, which reads the
 * windows its slice lies in and allocates one workspace; results are added in the order of the
 * {@link SumTree}, at the {@link SumPlace} that their size allows.
 */
public final class SparkPlacement implements Placement {
  private final JavaSparkContext context;
  private final Network network;
  private final boolean sparse;
  private final MiniBatches miniBatches;
  private final WindowCache windows;

  /** How to make lost blocks again, where blocks are one window that stays the same. */
  private final @Nullable Broadcast<Packed<RDD<Block>>> lineage;

  private final TreeReduction reduction;
  private final @Nullable JavaRDD<Block> validation;
  private final int aggregationDepth;
  private final JobScope jobs;
  private String activity = "training";

  /**
   * A placement on the cluster that holds the data.
   *
   * @param jobs what its jobs run in
   * @param batchSize rows of one update, over all partitions together
   * @param aggregationDepth depth of the tree of sums
   * @throws IllegalArgumentException if there are no rows, slices of one row in a network that
   *     couples rows, or if a single gradient exceeds what may reach the driver
   */
  public SparkPlacement(
      JobScope jobs, Network network, TrainingData data, int batchSize, int aggregationDepth) {
    this(
        jobs,
        network,
        SparkData.of(data),
        batchSize,
        aggregationDepth,
        resultLimit(data.blocks().rdd().sparkContext()));
  }

  /**
   * @param resultLimit bytes of results that may reach the driver in one job
   */
  SparkPlacement(
      JobScope jobs,
      Network network,
      SparkData data,
      int batchSize,
      int aggregationDepth,
      long resultLimit) {
    SparkContext spark = data.blocks().rdd().sparkContext();
    this.context = JavaSparkContext.fromSparkContext(spark);
    this.network = network;
    this.sparse = data.sparse();
    long[] rows = data.rows().stream().mapToLong(Long::longValue).toArray();
    this.miniBatches = MiniBatches.of(network, rows, data.windows(), batchSize);
    this.windows = new WindowCache(data.blocks().rdd(), data.windows());
    this.reduction = reduction(network, rows.length, aggregationDepth, resultLimit);
    this.validation = data.validation();
    this.aggregationDepth = aggregationDepth;
    this.jobs = jobs;
    this.lineage =
        data.windows() == 1 ? context.broadcast(BlockSource.lineage(data.blocks().rdd())) : null;
  }

  /**
   * Refuses, before rows are cached, what the constructor would refuse.
   *
   * @param rows training rows of each partition
   * @throws IllegalArgumentException as the constructor
   */
  public static void check(
      SparkContext spark, Network network, long[] rows, int batchSize, int aggregationDepth) {
    MiniBatches.of(network, rows, 1, batchSize);
    reduction(network, rows.length, aggregationDepth, resultLimit(spark));
  }

  private static TreeReduction reduction(
      Network network, int partitions, int aggregationDepth, long resultLimit) {
    SumTree tree = SumTree.of(partitions, aggregationDepth);
    return new TreeReduction(tree, SumPlace.choose(tree, network.gradientSumBytes(), resultLimit));
  }

  /**
   * spark.driver.maxResultSize, where 0 is no limit, but never more than half the driver's heap.
   */
  private static long resultLimit(SparkContext spark) {
    long limit = spark.conf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    long heap = Runtime.getRuntime().maxMemory() / 2;
    return limit == 0 ? heap : Math.min(limit, heap);
  }

  @Override
  public TrainingPlan plan() {
    return miniBatches.facts();
  }

  @Override
  public void announce(String activity) {
    this.activity = activity;
  }

  @Override
  public GradientSum gradient(float[] weights, Moment moment) throws InterruptedException {
    Slices slices = miniBatches.at(moment);
    GradientSum sum =
        withWeights(
            activity,
            weights,
            broadcast ->
                reduction.sum(JavaPairRDD.fromJavaRDD(results(slices, broadcast).toJavaRDD())));
    windows.release(slices);
    return sum;
  }

  @Override
  public boolean validates() {
    return validation != null;
  }

  @Override
  public Evaluation validate(float[] weights) throws InterruptedException {
    JavaRDD<Block> rows = validation;
    if (rows == null) {
      throw new IllegalStateException("There are no validation rows.");
    }
    List<Evaluation> parts =
        withWeights(
                activity + ", validation",
                weights,
                broadcast ->
                    Results.of(
                        rows.mapPartitions(new EvaluateBlocks(network, sparse, broadcast)).rdd()))
            .stream()
            .map(sums -> new Evaluation(sums[0], sums[1], sums[2]))
            .toList();
    return SumTree.of(parts.size(), aggregationDepth).sum(parts, Evaluation::plus);
  }

  @Override
  public void close() {
    windows.close();
    if (lineage != null && !context.sc().isStopped()) {
      lineage.destroy();
    }
  }

  /** Does what runs jobs on the blocks. */
  <T> T run(String description, Callable<T> work) throws InterruptedException {
    try {
      return jobs.run(description, work);
    } catch (Exception e) { // Spark's are checked, though not declared
      ChangedInputException changed = ChangedInputException.in(e);
      if (changed != null) {
        throw changed;
      }
      throw e;
    }
  }

  private <T> T withWeights(
      String description, float[] weights, Function<Broadcast<FloatArray>, T> work)
      throws InterruptedException {
    Broadcast<FloatArray> broadcast = context.broadcast(new FloatArray(weights));
    try {
      return run(description, () -> work.apply(broadcast));
    } finally {
      // After a failure too, since no task runs any more that would miss it.
      if (!context.sc().isStopped()) {
        broadcast.destroy();
      }
    }
  }

  private List<BlockSource> sources(List<RDD<Block>> opened) {
    return opened.stream()
        .<BlockSource>map(
            rdd ->
                lineage == null
                    ? new BlockSource.Carried(rdd)
                    : new BlockSource.Persisted(rdd.id(), lineage))
        .toList();
  }

  private SliceRdd results(Slices slices, Broadcast<FloatArray> weights) {
    List<RDD<Block>> opened = windows.open(slices);
    int firstVisit = slices.visits().get(0).visit();
    List<SlicePartition> tasks = new ArrayList<>();
    for (int p = 0; p < slices.spans().size(); p++) {
      List<SlicePartition.Source> sources = new ArrayList<>();
      for (Span span : slices.spans().get(p)) {
        int parent = span.visit() - firstVisit;
        sources.add(
            new SlicePartition.Source(
                parent, opened.get(parent).partitions()[p], span.from(), span.to()));
      }
      if (!sources.isEmpty()) {
        tasks.add(new SlicePartition(tasks.size(), p, sources));
      }
    }
    return new SliceRdd(
        context.sc(),
        network,
        sparse,
        weights,
        slices,
        opened,
        sources(opened),
        tasks.toArray(SlicePartition[]::new));
  }
}
