package sparkprop.train;

import sparkprop.optim.OptimizerState;

/**
 * How a solver trains. A method keeps between iterations what makes it faster, never what changes
 * its course: that is in the {@link TrainingState}, from which another instance goes on with the
 * same bits.
 */
public interface Method {
  /** What the solver remembers before its first iteration. */
  OptimizerState initialState();

  /**
   * The objective of the first mini-batch, for whole-batch solvers of all rows.
   *
   * @param weights the flat array, not changed
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  double objective(float[] weights) throws InterruptedException;

  /**
   * Makes an iteration: a pass of updates, or a step of a whole-batch solver.
   *
   * @param state may be changed in place, and is not to be used any more
   * @param pass which iteration, from 0
   * @param plateaus how often the watched loss has stood still so far
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  Iteration iterate(TrainingState state, int pass, int plateaus) throws InterruptedException;
}
