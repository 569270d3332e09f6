package sparkprop.train;

/** The step size of each update of one pass. */
public interface StepSizes {
  /**
   * The step size of an update.
   *
   * @param update its number in the pass, from 0
   */
  double at(int update);
}
