package sparkprop.train.step;

import java.util.List;
import java.util.UUID;
import org.apache.spark.rdd.RDD;
import sparkprop.cluster.Results;
import sparkprop.data.Block;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.train.PassSums;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingState;

/**
 * A placement on a cluster that is this JVM: one Spark job makes all updates of a pass. A job costs
 * tens of milliseconds, a small mini-batch one. The threads are those of the job's tasks, so that
 * training takes the slots that Spark gives it and no other; all else is as where each update is a
 * job.
 */
final class OneJvmPlacement implements Placement {
  private final String fit = UUID.randomUUID().toString();
  private final SparkPlacement cluster;
  private final RDD<Block> blocks;
  private final boolean sparse;
  private final MiniBatches miniBatches;
  private final SumTree tree;
  private final int tasks;
  private final boolean byColumn;
  private String activity = "training";

  /**
   * @param cluster does all but passes, and is closed with this placement
   * @param data of one window
   * @param tree of sums
   * @param byColumn whether only columns of sparse input that occur are touched
   * @param taskSlots tasks that may run at a time
   */
  OneJvmPlacement(
      SparkPlacement cluster,
      SparkData data,
      MiniBatches miniBatches,
      SumTree tree,
      boolean byColumn,
      int taskSlots) {
    this.cluster = cluster;
    this.blocks = data.blocks().rdd();
    this.sparse = data.sparse();
    this.miniBatches = miniBatches;
    this.tree = tree;
    this.byColumn = byColumn;
    this.tasks = Math.min(taskSlots, data.rows().size());
  }

  @Override
  public TrainingPlan plan() {
    return cluster.plan();
  }

  @Override
  public void announce(String activity) {
    this.activity = activity;
    cluster.announce(activity);
  }

  @Override
  public GradientSum gradient(float[] weights, Moment moment) throws InterruptedException {
    return cluster.gradient(weights, moment);
  }

  @Override
  public CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
    return cluster.curvature(weights, moment);
  }

  @Override
  public PassSums pass(Step step, TrainingState state, long seed, int pass, StepSizes sizes)
      throws InterruptedException {
    SharedPasses.open(
        fit, new SharedPass(step, state, miniBatches, tree, byColumn, seed, pass, sizes));
    try {
      PassRdd job = new PassRdd(blocks.sparkContext(), fit, sparse, blocks, tasks);
      double[] met = cluster.run(activity, () -> Results.of(job)).get(0);
      return new PassSums(met[0], met[1], met[2]);
    } finally {
      SharedPasses.close(fit);
    }
  }

  @Override
  public ReplicaSum replicas(
      Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
      throws InterruptedException {
    return cluster.replicas(step, state, moments, stepSizes);
  }

  @Override
  public boolean validates() {
    return cluster.validates();
  }

  @Override
  public Evaluation validate(float[] weights) throws InterruptedException {
    return cluster.validate(weights);
  }

  @Override
  public List<LayerHealth> health(float[] weights) throws InterruptedException {
    return cluster.health(weights);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
