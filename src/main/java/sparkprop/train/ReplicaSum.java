package sparkprop.train;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.Additive;
import sparkprop.optim.OptimizerState;

/**
 * What partitions add up that have made some updates each by itself: weights and solver memory,
 * each times the partition's sum of row weights, and the objectives that were met.
 */
public final class ReplicaSum implements Serializable, Additive<ReplicaSum> {
  private static final long serialVersionUID = 1;

  /**
   * What moved to within this share of 0 is 0: rounding hides on which side, and what solvers take
   * the root of must not be negative, nor a weight that L1 has brought to 0 stay beside it.
   */
  private static final float ROUNDING = 0x1p-20f;

  private final FloatArray weights;
  private final LinkedHashMap<String, FloatArray> slots = new LinkedHashMap<>();
  private double weightSum;
  private double objectiveSum;
  private double firstSum;
  private double firstWeightSum;

  /**
   * One partition's replica.
   *
   * @param state after its updates; used up
   * @param common before them
   * @param met by its updates, the first of which was at the common weights
   * @param firstWeight sum of row weights of its first update; 0 if it gave no rows to that
   */
  public ReplicaSum(TrainingState state, TrainingState common, PassSums met, double firstWeight) {
    this.weights = moved(state.weights(), common.weights(), met.weightSum());
    for (String name : state.optimizer().names()) {
      slots.put(
          name,
          moved(state.optimizer().slot(name), common.optimizer().slot(name), met.weightSum()));
    }
    this.weightSum = met.weightSum();
    this.objectiveSum = met.objectiveSum();
    this.firstWeightSum = firstWeight;
    this.firstSum = firstWeight == 0 ? 0 : met.first() * firstWeight;
  }

  private static FloatArray moved(float[] to, float[] from, double weight) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) (((double) to[i] - from[i]) * weight);
    }
    return new FloatArray(to);
  }

  @Override
  public void add(ReplicaSum other) {
    plus(weights, other.weights);
    slots.forEach((name, sum) -> plus(sum, Objects.requireNonNull(other.slots.get(name))));
    weightSum += other.weightSum;
    objectiveSum += other.objectiveSum;
    firstSum += other.firstSum;
    firstWeightSum += other.firstWeightSum;
  }

  private static void plus(FloatArray sum, FloatArray added) {
    float[] values = sum.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += added.values()[i];
    }
  }

  /** The objectives that were met, weighted. */
  public PassSums met() {
    return new PassSums(firstSum / firstWeightSum, objectiveSum, weightSum);
  }

  /**
   * The mean of the replicas; the sum is used up.
   *
   * @param common where all began, not changed
   * @param steps updates made up to now, those of the replicas counted once
   */
  public TrainingState mean(TrainingState common, long steps) {
    Map<String, float[]> means = new LinkedHashMap<>();
    slots.forEach((name, sum) -> means.put(name, mean(common.optimizer().slot(name), sum)));
    return new TrainingState(mean(common.weights(), weights), new OptimizerState(steps, means));
  }

  private float[] mean(float[] from, FloatArray sum) {
    float[] values = sum.values();
    for (int i = 0; i < values.length; i++) {
      float mean = (float) (from[i] + values[i] / weightSum);
      values[i] = Math.abs(mean) <= ROUNDING * Math.abs(from[i]) ? 0 : mean;
    }
    return values;
  }
}
