package sparkprop.optim.schedule;

/**
 * A factor on the step size. Pure: the same arguments give the same factor, to the last bit on
 * every machine.
 */
public interface StepSizeSchedule {

  /**
   * The factor of an update.
   *
   * @param pass how many passes have been made, the share of the one under way included, from 0
   * @param maxIter how many there will be at most, at least 1
   * @param plateaus how often the watched loss has stood still for more than {@link #patience}
   *     passes
   */
  double factor(double pass, int maxIter, int plateaus);

  /** Whether all factors are 1. */
  default boolean isConstant() {
    return false;
  }

  /** Whether the factor of an update depends on how many passes there will be. */
  default boolean dependsOnMaxIter() {
    return false;
  }

  /** Passes without progress that are borne before a plateau; 0 where plateaus do not matter. */
  default int patience() {
    return 0;
  }
}
