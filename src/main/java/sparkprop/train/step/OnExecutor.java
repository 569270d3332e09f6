package sparkprop.train.step;

import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;

/**
 * Tasks on an executor meet in the broadcast from which the pass begins, and the state comes home
 * with what the pass has met.
 *
 * @param step how an update is made
 * @param seed of all that is random
 * @param number which pass, from 0
 * @param stepSizes of each update
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
record OnExecutor(
    Broadcast<PassStart> start,
    UpdatePlan plan,
    Step step,
    long seed,
    int number,
    double[] stepSizes)
    implements Meeting<PassResult> {
  @Override
  public Optional<SharedPass> pass() {
    return Optional.of(start.value().pass(this::open));
  }

  private SharedPass open(TrainingState state) {
    return plan.pass(step, state, seed, number, update -> stepSizes[update]);
  }

  @Override
  public PassResult result(SharedPass pass, PassSums met) {
    return new PassResult(pass.state(), met);
  }
}
