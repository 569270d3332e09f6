package sparkprop.train.step;

import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import sparkprop.cluster.Results;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.TrainingState;

/**
 * One job a pass on a cluster of one executor: the state travels there and back once a pass, in
 * place of weights and gradients with each update. Until it is back the driver's stays as it was,
 * so that Spark may repeat tasks, on another executor too if the first was lost. If tasks land on
 * two executors, each makes the whole pass, with the same bits.
 */
final class OneExecutorPlacement extends PassPlacement {
  private final UpdatePlan plan;
  private final int tasks;
  private final BooleanSupplier alone;

  /**
   * @param cluster of one window
   * @param tasks tasks of a pass
   * @param alone whether there is one executor now; where there are more, an update is a job
   */
  OneExecutorPlacement(SparkPlacement cluster, UpdatePlan plan, int tasks, BooleanSupplier alone) {
    super(cluster);
    this.plan = plan;
    this.tasks = tasks;
    this.alone = alone;
  }

  @Override
  public PassSums pass(Step step, TrainingState state, long seed, int pass, StepSizes sizes)
      throws InterruptedException {
    if (!alone.getAsBoolean()) {
      return cluster().pass(step, state, seed, pass, sizes);
    }
    double[] stepSizes =
        IntStream.range(0, plan().updatesPerPass()).mapToDouble(sizes::at).toArray();
    PassResult result =
        cluster()
            .withBroadcast(
                activity(),
                new PassStart(state),
                start -> {
                  OnExecutor meeting = new OnExecutor(start, plan, step, seed, pass, stepSizes);
                  return Results.of(cluster().passJob(meeting, tasks)).get(0);
                });
    result.state().copyInto(state);
    return result.met();
  }
}
