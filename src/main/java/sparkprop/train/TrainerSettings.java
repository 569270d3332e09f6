package sparkprop.train;

import sparkprop.optim.schedule.StepSizeSchedule;

/**
 * What the trainer's loop depends on.
 *
 * @param maxIter passes over the training rows at most; 0 makes no update
 * @param stepSize learning rate
 * @param schedule how it changes
 * @param tol by which share of its best the watched loss has to fall
 * @param patience passes without such a fall after which training stops; 0 never stops
 * @param seed of all that is random: the order of rows, dropout
 */
public record TrainerSettings(
    int maxIter, double stepSize, StepSizeSchedule schedule, double tol, int patience, long seed) {
  /**
   * The step size of an update.
   *
   * @param pass passes made, the share of the one under way included
   * @param plateaus how often the watched loss has stood still
   */
  public double stepSizeAt(double pass, int plateaus) {
    return stepSize * schedule.factor(pass, maxIter, plateaus);
  }
}
