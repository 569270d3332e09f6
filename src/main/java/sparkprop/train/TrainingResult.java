package sparkprop.train;

/** What training yields. */
public final class TrainingResult {
  private final float[] weights;
  private final TrainingHistory history;
  private final TrainingPlan plan;

  TrainingResult(float[] weights, TrainingHistory history, TrainingPlan plan) {
    this.weights = weights;
    this.history = history;
    this.plan = plan;
  }

  /**
   * The flat weights, running statistics included: with validation those of the best pass, else
   * those of the last. Not a copy.
   */
  public float[] weights() {
    return weights;
  }

  /** How it went. */
  public TrainingHistory history() {
    return history;
  }

  /** Rows, partitions and the like. */
  public TrainingPlan plan() {
    return plan;
  }
}
