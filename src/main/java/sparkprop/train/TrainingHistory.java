package sparkprop.train;

import java.util.List;
import sparkprop.nn.LayerHealth;

/**
 * The course of a training run.
 *
 * @param objectives entry 0 is the first mini-batch's objective at the initial weights; then one
 *     number a pass, the weighted mean of the mini-batches' objectives, penalty included, as they
 *     were met
 * @param validationLosses one number a pass, the mean loss over the validation rows after it,
 *     without penalty; empty if nothing validates
 * @param validationAccuracies one number a pass, the share of the validation rows classified right
 *     after it, by weight; empty if nothing validates
 * @param health how the layers fared after each pass, seen on a few rows
 * @param bestIteration the pass, from 1, with the lowest watched loss (validation, else objective),
 *     the first of equals; with validation its weights are the result; 0 if no pass was made
 * @param stopReason why training ended
 * @param samplesPerSecond training rows a second over all passes, validation not counted; 0 if no
 *     pass was made
 */
public record TrainingHistory(
    List<Double> objectives,
    List<Double> validationLosses,
    List<Double> validationAccuracies,
    List<List<LayerHealth>> health,
    int bestIteration,
    StopReason stopReason,
    double samplesPerSecond) {
  public TrainingHistory {
    objectives = List.copyOf(objectives);
    validationLosses = List.copyOf(validationLosses);
    validationAccuracies = List.copyOf(validationAccuracies);
    health = List.copyOf(health);
  }

  /** How many passes were made. */
  public int totalIterations() {
    return objectives.size() - 1;
  }
}
