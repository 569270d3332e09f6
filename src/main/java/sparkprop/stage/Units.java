package sparkprop.stage;

import sparkprop.data.DataSummary;
import sparkprop.nn.InputStandardization;
import sparkprop.nn.Network;
import sparkprop.nn.TargetStandardization;

/**
 * Between the units of the rows and those in which a network is trained.
 *
 * @param network that is trained
 * @param summary with means and deviations of features and targets
 * @param features whether features are standardized inside
 * @param targets whether targets are
 */
record Units(Network network, DataSummary summary, boolean features, boolean targets) {
  /**
   * The weights for rows as they are, of those that training yields.
   *
   * @throws IllegalArgumentException if they would leave the range of float32
   */
  float[] fold(float[] weights) {
    float[] answering =
        targets
            ? TargetStandardization.fold(
                network, weights, summary.targetMeans(), summary.targetDeviations())
            : weights;
    return features
        ? InputStandardization.fold(network, answering, summary.means(), summary.deviations())
        : answering;
  }

  /**
   * The way back, for training to begin with such weights.
   *
   * @throws IllegalArgumentException if they would leave the range of float32
   */
  float[] unfold(float[] weights) {
    float[] taking =
        features
            ? InputStandardization.unfold(network, weights, summary.means(), summary.deviations())
            : weights;
    return targets
        ? TargetStandardization.unfold(
            network, taking, summary.targetMeans(), summary.targetDeviations())
        : taking;
  }
}
