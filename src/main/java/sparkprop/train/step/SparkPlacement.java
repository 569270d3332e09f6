package sparkprop.train.step;

import java.util.List;
import java.util.Optional;
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
import sparkprop.nn.Additive;
import sparkprop.nn.Checkup;
import sparkprop.nn.ColumnSum;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingState;
import sparkprop.train.UpdateTime;

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

  /** How to make lost blocks again, where blocks are one window that stays the same. */
  private final @Nullable Broadcast<Packed<RDD<Block>>> lineage;

  private final @Nullable JavaRDD<Block> validation;
  private final int aggregationDepth;
  private final JobScope jobs;
  private final KernelWatch kernels;
  private final SliceJobs slices;

  /** Filled anew by each update where only columns that occur are touched; null elsewhere. */
  private final @Nullable GradientSum byColumn;

  private String activity = "training";
  private @Nullable Checkup checkup;

  /**
   * A placement on the cluster that holds the data.
   *
   * @param jobs what its jobs run in
   * @param batchSize rows of one update, over all partitions together
   * @param aggregationDepth depth of the tree of sums
   * @param byColumn whether only columns of sparse input that occur are touched
   * @throws IllegalArgumentException if there are no rows, or slices of one row in a network that
   *     couples rows
   */
  public SparkPlacement(
      JobScope jobs,
      Network network,
      TrainingData data,
      int batchSize,
      int aggregationDepth,
      boolean byColumn) {
    this(
        jobs,
        network,
        SparkData.of(data),
        batchSize,
        aggregationDepth,
        byColumn,
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
      boolean byColumn,
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
    this.validation = data.validation();
    this.aggregationDepth = aggregationDepth;
    this.jobs = jobs;
    this.byColumn = byColumn ? network.newGradientSum(true) : null;
    this.kernels = new KernelWatch(spark, jobs.title());
    this.lineage =
        data.windows() == 1 ? context.broadcast(BlockSource.lineage(data.blocks().rdd())) : null;
    this.slices =
        new SliceJobs(spark, network, sparse, rows.length, windows, kernels.used(), lineage);
  }

  /**
   * Refuses, before rows are cached, what the constructor would refuse.
   *
   * @param rows training rows of each partition
   * @param resultBytes bytes of the largest result that a partition yields
   * @throws IllegalArgumentException as the constructor
   */
  public static void check(
      SparkContext spark,
      Network network,
      long[] rows,
      int batchSize,
      int aggregationDepth,
      long resultBytes) {
    MiniBatches.of(network, rows, 1, batchSize);
    SumPlace.choose(SumTree.of(rows.length, aggregationDepth), resultBytes, resultLimit(spark));
  }

  /**
   * spark.driver.maxResultSize, where 0 is no limit, but never more than half the driver's heap.
   */
  static long resultLimit(SparkContext spark) {
    long limit = spark.conf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    long heap = Runtime.getRuntime().maxMemory() / 2;
    return limit == 0 ? heap : Math.min(limit, heap);
  }

  SparkContext context() {
    return context.sc();
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
    GradientSum sparse = byColumn;
    if (sparse == null) {
      return sum(
          List.of(moment),
          weights,
          network.gradientSumBytes(),
          (worker, turns) -> worker.gradient(turns.get(0), false));
    }
    ColumnSum sum =
        sum(
            List.of(moment),
            weights,
            network.gradientSumBytes(),
            (worker, turns) -> ColumnSum.of(worker.gradient(turns.get(0), true)));
    sparse.clear();
    sum.fill(sparse);
    return sparse;
  }

  /** Twice each, because the first job of a kind waits for its code; the faster one counts. */
  @Override
  public Optional<UpdateTime> timeUpdate(float[] weights) throws InterruptedException {
    Moment first = new Moment(0, 0, 0);
    double whole = Double.POSITIVE_INFINITY;
    double empty = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      gradient(weights, first);
      long half = System.nanoTime();
      withoutSlices(weights, first);
      whole = Math.min(whole, (half - start) / 1e9);
      empty = Math.min(empty, (System.nanoTime() - half) / 1e9);
    }
    return Optional.of(new UpdateTime(empty, whole));
  }

  /** What travels then is what travels with an update, in its own form. */
  private void withoutSlices(float[] weights, Moment moment) throws InterruptedException {
    long bytes = network.gradientSumBytes();
    if (byColumn == null) {
      sum(List.of(moment), weights, bytes, (worker, turns) -> worker.emptyGradient(false));
    } else {
      sum(
          List.of(moment),
          weights,
          bytes,
          (worker, turns) -> ColumnSum.of(worker.emptyGradient(true)));
    }
  }

  @Override
  public CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
    return sum(
        List.of(moment),
        weights,
        CurvatureSum.bytes(network.layout().trainableSize()),
        (worker, turns) -> worker.curvature(turns.get(0).stretches()));
  }

  @Override
  public ReplicaSum replicas(
      Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
      throws InterruptedException {
    return sum(
        moments,
        ReplicaWork.flat(state),
        TrainingState.bytes(network.layout(), state.optimizer().names().size()),
        ReplicaWork.of(step, state, stepSizes, byColumn != null));
  }

  private <T extends Additive<T>> T sum(
      List<Moment> moments, float[] values, long resultBytes, SliceRdd.Work<T> work)
      throws InterruptedException {
    List<Slices> turns = moments.stream().map(miniBatches::at).toList();
    TreeReduction<T> reduction =
        new TreeReduction<>(tree, SumPlace.choose(tree, resultBytes, resultLimit));
    T sum =
        withBroadcast(
            activity,
            new FloatArray(values),
            broadcast ->
                reduction.sum(
                    JavaPairRDD.fromJavaRDD(slices.results(turns, broadcast, work).toJavaRDD())));
    turns.forEach(windows::release);
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
        withBroadcast(
                activity + ", validation",
                new FloatArray(weights),
                broadcast ->
                    Results.of(
                        rows.mapPartitions(
                                new EvaluateBlocks(network, sparse, broadcast, kernels.used()))
                            .rdd()))
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
    if (context.sc().isStopped()) {
      return; // and all of it is gone
    }
    windows.close();
    if (lineage != null) {
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

  /** Does what runs jobs that read a broadcast, which is destroyed afterwards. */
  <V, T> T withBroadcast(String description, V value, Function<Broadcast<V>, T> work)
      throws InterruptedException {
    Broadcast<V> broadcast = context.broadcast(value);
    try {
      T result = run(description, () -> work.apply(broadcast));
      kernels.look();
      return result;
    } finally {
      // After a failure too, since no task runs any more that would miss it.
      if (!context.sc().isStopped()) {
        broadcast.destroy();
      }
    }
  }

  /**
   * A job that makes a pass over blocks of one window.
   *
   * @param tasks how many take part
   */
  <T> PassRdd<T> passJob(Meeting<T> meeting, int tasks) {
    RDD<Block> blocks = windows.blocks();
    return new PassRdd<>(
        context.sc(),
        meeting,
        sparse,
        kernels.used(),
        blocks,
        slices.sources(List.of(blocks)).get(0),
        tasks);
  }
}
