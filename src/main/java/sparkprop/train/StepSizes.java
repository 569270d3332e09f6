package sparkprop.train;

import java.io.Serializable;

/** The step size of each update of one pass. */
public interface StepSizes extends Serializable {
  /**
   * The step size of an update.
   *
   * @param update its number in the pass, from 0
   */
  double at(int update);
}
