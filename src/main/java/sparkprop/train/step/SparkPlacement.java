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
import sparkprop.data.Block;
import sparkprop.data.ChangedInputException;
import sparkprop.data.TrainingData;
import sparkprop.nn.Additive;
import sparkprop.nn.Checkup;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
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
  private final SparkData data;
  private final boolean sparse;
  private final MiniBatches miniBatches;
  private final WindowCache windows;
  private final SumTree tree;
  private final long resultLimit;
  private final @Nullable JavaRDD<Block> validation;
  private final int aggregationDepth;
  private final JobScope jobs;
  private String activity = "training";
  private @Nullable Checkup checkup;

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
    this.data = data;
    this.sparse = data.sparse();
    long[] rows = data.rowCounts();
    this.miniBatches = MiniBatches.of(network, rows, data.windows(), batchSize);
    this.windows = new WindowCache(data.blocks().rdd(), data.windows());
    this.tree = SumTree.of(rows.length, aggregationDepth);
    this.resultLimit = resultLimit;
    SumPlace.choose(tree, network.gradientSumBytes(), resultLimit); // refused early
    this.validation = data.validation();
    this.aggregationDepth = aggregationDepth;
    this.jobs = jobs;
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
    SumPlace.choose(
        SumTree.of(rows.length, aggregationDepth), network.gradientSumBytes(), resultLimit(spark));
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
    return sum(
        weights,
        moment,
        network.gradientSumBytes(),
        (net, worker, at, stretches) -> {
          GradientSum sum = net.newGradientSum();
          worker.addGradient(at, stretches, sum);
          return sum;
        });
  }

  @Override
  public CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
    return sum(
        weights,
        moment,
        CurvatureSum.bytes(network.layout().trainableSize()),
        (net, worker, at, stretches) -> worker.curvature(stretches));
  }

  private <T extends Additive<T>> T sum(
      float[] weights, Moment moment, long resultBytes, SliceRdd.Work<T> work)
      throws InterruptedException {
    Slices slices = miniBatches.at(moment);
    TreeReduction<T> reduction =
        new TreeReduction<>(tree, SumPlace.choose(tree, resultBytes, resultLimit));
    T sum =
        withWeights(
            activity,
            weights,
            broadcast ->
                reduction.sum(
                    JavaPairRDD.fromJavaRDD(results(slices, broadcast, work).toJavaRDD())));
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
                    rows.mapPartitions(new EvaluateBlocks(network, sparse, broadcast)).collect())
            .stream()
            .map(sums -> new Evaluation(sums[0], sums[1], sums[2]))
            .toList();
    return SumTree.of(parts.size(), aggregationDepth).sum(parts, Evaluation::plus);
  }

  /** The rows are fetched once; the driver looks at them itself. */
  @Override
  public List<LayerHealth> health(float[] weights) throws InterruptedException {
    if (checkup == null) {
      RowSample sample =
          RowSample.of(Checkup.rows(network, sparse), data.rowCounts(), data.windows());
      checkup =
          new Checkup(
              network,
              run(activity + ", a sample of the rows", () -> sample.from(data.blocks())),
              sparse);
    }
    return checkup.of(weights);
  }

  @Override
  public void close() {
    windows.close();
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
      String description, float[] weights, Function<Broadcast<float[]>, T> work)
      throws InterruptedException {
    Broadcast<float[]> broadcast = context.broadcast(weights);
    try {
      return run(description, () -> work.apply(broadcast));
    } finally {
      // After a failure too, since no task runs any more that would miss it.
      if (!context.sc().isStopped()) {
        broadcast.destroy();
      }
    }
  }

  private <T> SliceRdd<T> results(
      Slices slices, Broadcast<float[]> weights, SliceRdd.Work<T> work) {
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
    return new SliceRdd<>(
        context.sc(),
        network,
        sparse,
        weights,
        slices,
        opened,
        tasks.toArray(SlicePartition[]::new),
        work);
  }
}
