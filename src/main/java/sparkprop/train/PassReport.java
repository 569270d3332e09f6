package sparkprop.train;

import java.util.List;
import sparkprop.nn.LayerHealth;

/**
 * What one pass over the training rows brought.
 *
 * @param pass which pass, from 1
 * @param of how many passes there are at most
 * @param objective weighted mean of the mini-batches' objectives, penalty included, as they were
 *     met
 * @param validationLoss mean loss over the validation rows after the pass, without penalty; NaN if
 *     nothing validates
 * @param validationAccuracy share of the validation rows classified right, by weight; NaN if
 *     nothing validates, or for a regression
 * @param samplesPerSecond training rows a second, validation not counted
 * @param health how the layers fare after the pass, seen on a few rows, lowest layer first
 */
public record PassReport(
    int pass,
    int of,
    double objective,
    double validationLoss,
    double validationAccuracy,
    double samplesPerSecond,
    List<LayerHealth> health) {
  /** Copies the list. */
  public PassReport {
    health = List.copyOf(health);
  }
}
