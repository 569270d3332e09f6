package sparkprop.train;

/** What an iteration has come to. */
public sealed interface Iteration {
  /**
   * The objective before anything was changed: of the first mini-batch, for whole-batch solvers of
   * all rows.
   */
  double first();

  /**
   * The weights have moved.
   *
   * @param state weights and the solver's memory now
   * @param objective weighted mean of the mini-batches' objectives as they were met; for a solver
   *     that searches for its steps the objective at the new weights
   */
  record Made(TrainingState state, double first, double objective) implements Iteration {}

  /**
   * The solver finds no better weights.
   *
   * @param state the last ones
   * @param reason why not
   */
  record Stuck(TrainingState state, double first, StopReason reason) implements Iteration {}
}
