package sparkprop.train.step;

import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import sparkprop.cluster.Capacity;
import sparkprop.cluster.JobScope;
import sparkprop.data.TrainingData;
import sparkprop.nn.Network;
import sparkprop.train.Placement;

/** Chooses the placement that a cluster allows. */
public final class Placements {
  /**
   * The setting of the Spark context that forces a placement, all of which give the same bits:
   * {@code jobs} makes each update by a job of its own, {@code jvm} all updates of a pass by one
   * job, for which the context must be local. {@code auto}, the default, chooses the latter where
   * it can.
   */
  public static final String SETTING = "spark.sparkprop.placement";

  /** Share of the heap that the partitions' gradients may take beside all else. */
  private static final double GRADIENTS_SHARE = 0.25;

  private Placements() {}

  /**
   * A placement for these rows.
   *
   * @param jobs what its jobs run in
   * @param batchSize rows of one update, over all partitions together
   * @param aggregationDepth depth of the tree of sums
   * @param lazy whether updates leave alone columns of sparse input that do not occur
   * @throws IllegalArgumentException if there are no rows, slices of one row in a network that
   *     couples rows, if a single gradient exceeds what may reach the driver, or if the setting
   *     names a placement that is not possible
   */
  public static Placement of(
      JobScope jobs,
      Network network,
      TrainingData data,
      int batchSize,
      int aggregationDepth,
      boolean lazy) {
    SparkContext context = data.blocks().rdd().sparkContext();
    boolean byColumn = lazy && data.sparse() && network.knowsColumns();
    String wanted = wanted(context);
    boolean possible = possible(context, network, data);
    if (wanted.equals("jvm") && !possible) {
      throw new IllegalArgumentException(
          SETTING
              + " is jvm, but the context is not local, or rows or gradients do not fit its"
              + " memory: set it to auto.");
    }
    SparkPlacement cluster =
        new SparkPlacement(jobs, network, data, batchSize, aggregationDepth, byColumn);
    return possible && !wanted.equals("jobs")
        ? oneJvm(cluster, network, data, batchSize, aggregationDepth, byColumn, context)
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

  /** Whether the updates of a pass are made in this JVM, if rows and gradients fit it. */
  public static boolean inOneJvm(SparkContext context) {
    return context.isLocal() && !wanted(context).equals("jobs");
  }

  private static String wanted(SparkContext context) {
    return context.getConf().get(SETTING, "auto").toLowerCase(Locale.ROOT);
  }

  private static boolean possible(SparkContext context, Network network, TrainingData data) {
    double gradients = (double) data.partitions() * network.gradientSumBytes();
    return context.isLocal()
        && data.windows() == 1
        && gradients <= GRADIENTS_SHARE * Runtime.getRuntime().maxMemory();
  }

  private static Placement oneJvm(
      SparkPlacement cluster,
      Network network,
      TrainingData data,
      int batchSize,
      int aggregationDepth,
      boolean byColumn,
      SparkContext context) {
    return new OneJvmPlacement(
        cluster,
        SparkData.of(data),
        MiniBatches.of(network, data.rows(), 1, batchSize),
        SumTree.of(data.partitions(), aggregationDepth),
        byColumn,
        Capacity.of(context).taskSlots());
  }
}
