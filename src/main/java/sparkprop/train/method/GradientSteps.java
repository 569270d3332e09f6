package sparkprop.train.method;

import sparkprop.nn.Moment;
import sparkprop.optim.OptimizerState;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.PassSums;
import sparkprop.train.Placement;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingState;

/**
 * A step against the gradient of each mini-batch, whose size follows the schedule at the fractional
 * pass.
 *
 * @param step how one update is made
 * @param placement where mini-batches are computed
 * @param settings step size, schedule and seed
 */
public record GradientSteps(Step step, Placement placement, TrainerSettings settings)
    implements Method {
  @Override
  public OptimizerState initialState() {
    return step.optimizer().initialState();
  }

  @Override
  public double objective(float[] weights) throws InterruptedException {
    return step.objective(placement.gradient(weights, new Moment(settings.seed(), 0, 0)), weights);
  }

  @Override
  public Iteration iterate(TrainingState state, int pass, int plateaus)
      throws InterruptedException {
    double updates = placement.plan().updatesPerPass();
    StepSizes sizes = update -> settings.stepSizeAt(pass + update / updates, plateaus);
    PassSums met = placement.pass(step, state, settings.seed(), pass, sizes);
    return new Iteration.Made(state, met.first(), met.mean());
  }
}
