package sparkprop.train.step;

import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import sparkprop.cluster.Capacity;
import sparkprop.cluster.JobScope;
import sparkprop.data.TrainingData;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Solver;
import sparkprop.train.Placement;
import sparkprop.train.TrainingState;

/** Chooses the placement that a cluster allows. */
public final class Placements {
  /**
   * The setting of the Spark context that forces a placement, all of which give the same bits:
   * {@code jobs} makes each update by a job of its own, {@code jvm} all updates of a pass by one
   * job, for which the context must be local or have one executor. {@code auto}, the default,
   * chooses the latter where it can.
   */
  public static final String SETTING = "spark.sparkprop.placement";

  private Placements() {}

  /**
   * A placement for these rows.
   *
   * @param jobs what its jobs run in
   * @param batchSize rows of one update, over all partitions together
   * @param aggregationDepth depth of the tree of sums
   * @param solver by which weights change
   * @throws IllegalArgumentException if there are no rows, slices of one row in a network that
   *     couples rows, or if the setting names a placement that is not possible
   */
  public static Placement of(
      JobScope jobs,
      Network network,
      TrainingData data,
      int batchSize,
      int aggregationDepth,
      Solver solver) {
    SparkContext context = data.blocks().rdd().sparkContext();
    String wanted = wanted(context);
    boolean possible = possible(context, network, data, solver);
    if (wanted.equals("jvm") && !possible) {
      throw new IllegalArgumentException(
          SETTING
              + " is jvm, but the context is neither local nor has one executor only, or rows,"
              + " gradients or the solver's state do not fit one JVM: set it to auto.");
    }
    boolean lazy = solver instanceof FirstOrder first && first.lazy();
    boolean byColumn = lazy && data.sparse() && network.knowsColumns();
    SparkPlacement cluster =
        new SparkPlacement(jobs, network, data, batchSize, aggregationDepth, byColumn);
    return possible && !wanted.equals("jobs")
        ? ofPasses(cluster, new UpdatePlan(data.rows(), batchSize, aggregationDepth, byColumn))
        : cluster;
  }

  /**
   * Refuses, before rows are read, a setting that names no placement.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static void check(SparkContext context) {
    String wanted = wanted(context);
    if (!List.of("auto", "jobs", "jvm").contains(wanted)) {
      throw new IllegalArgumentException(
          "%s is '%s', but must be auto, jobs or jvm.".formatted(SETTING, wanted));
    }
  }

  /**
   * Whether the updates of a pass will be made in the driver's JVM, if rows fit it.
   *
   * @param partitions that train
   */
  public static boolean inDriver(SparkContext context, Network network, int partitions) {
    PassMemory memory = new PassMemory(partitions * network.gradientSumBytes(), 0);
    return context.isLocal()
        && !wanted(context).equals("jobs")
        && memory.fitsDriver(Runtime.getRuntime().maxMemory());
  }

  private static String wanted(SparkContext context) {
    return context.getConf().get(SETTING, "auto").toLowerCase(Locale.ROOT);
  }

  private static boolean possible(
      SparkContext context, Network network, TrainingData data, Solver solver) {
    int slots = solver instanceof FirstOrder first ? first.slots() : 0;
    PassMemory memory =
        new PassMemory(
            data.partitions() * network.gradientSumBytes(),
            TrainingState.bytes(network.layout(), slots));
    long heap = Runtime.getRuntime().maxMemory();
    return data.windows() == 1
        && (context.isLocal()
            ? memory.fitsDriver(heap)
            : Capacity.of(context).oneExecutor()
                && memory.fitsExecutor(
                    Capacity.executorHeap(context.getConf()),
                    heap,
                    SparkPlacement.resultLimit(context)));
  }

  private static Placement ofPasses(SparkPlacement cluster, UpdatePlan plan) {
    SparkContext context = cluster.context();
    int tasks = Math.min(Capacity.of(context).taskSlots(), plan.rows().length);
    return context.isLocal()
        ? new OneJvmPlacement(cluster, plan, tasks)
        : new OneExecutorPlacement(cluster, plan, tasks, () -> Capacity.of(context).oneExecutor());
  }
}
