package sparkprop.train.method;

import java.util.ArrayList;
import java.util.List;
import sparkprop.nn.Moment;
import sparkprop.optim.OptimizerState;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.PassSums;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingState;

/**
 * Local steps (Zinkevich et al. 2010; Stich 2019): each partition makes some updates by itself, on
 * the rows that it gives to each mini-batch, then weights and solver memory are averaged, by the
 * sums of row weights.
 *
 * @param steps how updates are made, and where
 * @param interval updates between two averagings, above 1
 */
record AveragedSteps(GradientSteps steps, int interval) implements Method {
  @Override
  public OptimizerState initialState() {
    return steps.initialState();
  }

  @Override
  public double objective(float[] weights) throws InterruptedException {
    return steps.objective(weights);
  }

  @Override
  public Iteration iterate(TrainingState state, int pass, int plateaus)
      throws InterruptedException {
    Placement placement = steps.placement();
    TrainerSettings settings = steps.settings();
    int updates = placement.plan().updatesPerPass();
    TrainingState current = state;
    PassSums met = PassSums.NONE;
    for (int from = 0; from < updates && Double.isFinite(met.objectiveSum()); from += interval) {
      List<Moment> moments = new ArrayList<>();
      for (int update = from; update < Math.min(updates, from + interval); update++) {
        moments.add(new Moment(settings.seed(), pass, update));
      }
      double[] sizes =
          moments.stream()
              .mapToDouble(
                  moment ->
                      settings.stepSizeAt(pass + moment.update() / (double) updates, plateaus))
              .toArray();
      ReplicaSum sum = placement.replicas(steps.step(), current, moments, sizes);
      met = met.and(sum.met());
      current = sum.mean(current, current.optimizer().steps() + moments.size());
    }
    return new Iteration.Made(current, met.first(), met.mean());
  }
}
