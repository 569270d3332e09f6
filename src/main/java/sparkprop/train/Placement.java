package sparkprop.train;

import java.util.List;
import java.util.Optional;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;

/**
 * Where the slices of a mini-batch are computed. For the same partitions, windows and Params all
 * placements give the same bits, because a slice is computed in the same way everywhere and slices
 * are added in the order of the same tree.
 *
 * <p>A placement belongs to one thread. It changes weights only where it makes updates ({@link
 * #pass}), and holds on to them no longer than a call lasts.
 */
public interface Placement extends AutoCloseable {
  /** Rows, partitions and updates, as they will be. */
  TrainingPlan plan();

  /**
   * Says what the next calls belong to, for whoever watches (a job description, say).
   *
   * @param activity as in "pass 3 of 100"
   */
  void announce(String activity);

  /**
   * The summed gradient, loss and statistics of one mini-batch. The updates of a pass are asked for
   * in order, from 0.
   *
   * @param weights the flat weights, running statistics included
   * @param moment which mini-batch
   * @return a sum that the caller may change, and which is valid until the next call
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  GradientSum gradient(float[] weights, Moment moment) throws InterruptedException;

  /**
   * The summed Gauss-Newton matrix, gradient and loss of one mini-batch.
   *
   * @param weights the flat weights
   * @param moment which mini-batch, as for {@link #gradient}
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException;

  /**
   * Makes the updates of a pass, in order. A placement that can make them without the driver may,
   * with the same bits. It stops at an objective that is not finite.
   *
   * @param state weights and solver state, changed in place
   * @param seed of all that is random
   * @param pass which pass, from 0
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  default PassSums pass(Step step, TrainingState state, long seed, int pass, StepSizes sizes)
      throws InterruptedException {
    PassSums met = PassSums.NONE;
    for (int update = 0; update < plan().updatesPerPass(); update++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Training was interrupted.");
      }
      GradientSum sum = gradient(state.weights(), new Moment(seed, pass, update));
      double objective = step.objective(sum, state.weights());
      met = met.plus(objective, sum.weightSum());
      if (!Double.isFinite(objective)) {
        break;
      }
      step.make(state, sum, sizes.at(update));
    }
    return met;
  }

  /**
   * Has each partition make some updates by itself, on the rows that it gives to each mini-batch.
   *
   * @param step how one update is made
   * @param state where all begin, not changed
   * @param moments the mini-batches, in order
   * @param stepSizes of each update
   * @return a sum that the caller may change
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  ReplicaSum replicas(Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
      throws InterruptedException;

  /**
   * Times an update, which is not made.
   *
   * @return nothing where an update costs nothing beside its slices
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  default Optional<UpdateTime> timeUpdate(float[] weights) throws InterruptedException {
    return Optional.empty();
  }

  /** Whether there are validation rows. */
  boolean validates();

  /**
   * Loss and accuracy over the validation rows.
   *
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   * @throws IllegalStateException if there are no validation rows
   */
  Evaluation validate(float[] weights) throws InterruptedException;

  /**
   * How the layers fare, seen on a small sample of the training rows: the same in every call, and
   * in all placements.
   *
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  List<LayerHealth> health(float[] weights) throws InterruptedException;

  /** Lets go of threads, broadcasts and cached windows, not of the data it was given. */
  @Override
  void close();
}
