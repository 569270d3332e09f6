package sparkprop.train.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkprop.nn.GradientSum;
import sparkprop.optim.OptimizerState;
import sparkprop.train.PassSums;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;

/**
 * Makes some updates on one partition's own slices.
 *
 * @param step how one is made
 * @param steps updates made before
 * @param slots names of the solver's arrays, which follow the weights in one flat array
 * @param stepSizes of each update
 * @param byColumn whether only columns of sparse input that occur are touched
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
record ReplicaWork(Step step, long steps, List<String> slots, double[] stepSizes, boolean byColumn)
    implements SliceRdd.Work<ReplicaSum> {
  static ReplicaWork of(Step step, TrainingState state, double[] stepSizes, boolean byColumn) {
    return new ReplicaWork(
        step,
        state.optimizer().steps(),
        List.copyOf(state.optimizer().names()),
        stepSizes,
        byColumn);
  }

  /** Weights and solver memory in one array, as {@link #of(SliceWorker, List)} takes them. */
  static float[] flat(TrainingState state) {
    int at = state.weights().length;
    int length = at;
    for (String name : state.optimizer().names()) {
      length = Math.addExact(length, state.optimizer().slot(name).length);
    }
    float[] flat = Arrays.copyOf(state.weights(), length);
    for (String name : state.optimizer().names()) {
      float[] slot = state.optimizer().slot(name);
      System.arraycopy(slot, 0, flat, at, slot.length);
      at += slot.length;
    }
    return flat;
  }

  private TrainingState copy(float[] flat) {
    int at = step.network().layout().size();
    float[] weights = Arrays.copyOf(flat, at);
    int length = slots.isEmpty() ? 0 : (flat.length - at) / slots.size();
    Map<String, float[]> copies = new LinkedHashMap<>();
    for (String name : slots) {
      copies.put(name, Arrays.copyOfRange(flat, at, at + length));
      at += length;
    }
    return new TrainingState(weights, new OptimizerState(steps, copies));
  }

  @Override
  public ReplicaSum of(SliceWorker worker, List<Turn> turns) {
    TrainingState state = copy(worker.weights());
    SliceWorker own = worker.over(state.weights());
    GradientSum sum = step.network().newGradientSum(byColumn);
    PassSums met = PassSums.NONE;
    double firstWeight = 0;
    for (int i = 0; i < turns.size() && Double.isFinite(met.objectiveSum()); i++) {
      if (turns.get(i).stretches().isEmpty()) {
        continue;
      }
      sum.clear();
      own.addGradient(turns.get(i).moment(), turns.get(i).stretches(), sum);
      double objective = step.objective(sum, state.weights());
      met = met.plus(objective, sum.weightSum());
      firstWeight = i == 0 ? sum.weightSum() : firstWeight;
      if (Double.isFinite(objective)) {
        step.make(state, sum, stepSizes[i]);
      }
    }
    return new ReplicaSum(state, copy(worker.weights()), met, firstWeight);
  }
}
