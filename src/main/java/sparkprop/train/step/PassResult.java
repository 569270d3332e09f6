package sparkprop.train.step;

import java.io.Serializable;
import sparkprop.train.PassSums;
import sparkprop.train.TrainingState;

/** What comes home from a pass that was made on an executor: the state, and what was met. */
final class PassResult implements Serializable {
  private static final long serialVersionUID = 1;

  private final CarriedState state;
  private final double first;
  private final double objectiveSum;
  private final double weightSum;

  /**
   * @param state after the pass, not copied
   */
  PassResult(TrainingState state, PassSums met) {
    this.state = new CarriedState(state);
    this.first = met.first();
    this.objectiveSum = met.objectiveSum();
    this.weightSum = met.weightSum();
  }

  /** The state after the pass. */
  CarriedState state() {
    return state;
  }

  PassSums met() {
    return new PassSums(first, objectiveSum, weightSum);
  }
}
