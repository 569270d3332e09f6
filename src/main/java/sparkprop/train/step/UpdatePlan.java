package sparkprop.train.step;

import java.io.Serializable;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.TrainingState;

/**
 * How updates are cut and summed, in all passes of a fit alike.
 *
 * @param rows training rows of each partition, which is one window
 * @param batchSize rows of one update, over all partitions together
 * @param aggregationDepth depth of the tree of sums
 * @param byColumn whether only columns of sparse input that occur are touched
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
record UpdatePlan(long[] rows, int batchSize, int aggregationDepth, boolean byColumn)
    implements Serializable {
  /**
   * A pass by this plan.
   *
   * @param state changed in place
   * @param number which pass, from 0
   */
  SharedPass pass(Step step, TrainingState state, long seed, int number, StepSizes sizes) {
    return new SharedPass(
        step,
        state,
        MiniBatches.of(step.network(), rows, 1, batchSize),
        SumTree.of(rows.length, aggregationDepth),
        byColumn,
        seed,
        number,
        sizes);
  }
}
