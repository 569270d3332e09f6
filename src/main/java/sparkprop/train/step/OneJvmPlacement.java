package sparkprop.train.step;

import java.util.UUID;
import sparkprop.cluster.Results;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.TrainingState;

/**
 * One job a pass on a cluster that is this JVM: nothing travels, tasks change the driver's state.
 */
final class OneJvmPlacement extends PassPlacement {
  private final String fit = UUID.randomUUID().toString();
  private final UpdatePlan plan;
  private final int tasks;

  /**
   * @param cluster of one window
   * @param tasks tasks of a pass
   */
  OneJvmPlacement(SparkPlacement cluster, UpdatePlan plan, int tasks) {
    super(cluster);
    this.plan = plan;
    this.tasks = tasks;
  }

  @Override
  public PassSums pass(Step step, TrainingState state, long seed, int pass, StepSizes sizes)
      throws InterruptedException {
    SharedPasses.open(fit, plan.pass(step, state, seed, pass, sizes));
    try {
      PassRdd<double[]> job = cluster().passJob(new InDriver(fit), tasks);
      double[] met = cluster().run(activity(), () -> Results.of(job)).get(0);
      return new PassSums(met[0], met[1], met[2]);
    } finally {
      SharedPasses.close(fit);
    }
  }
}
