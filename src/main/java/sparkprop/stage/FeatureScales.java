package sparkprop.stage;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.data.DataSummary;
import sparkprop.nn.InputStandardization;

/**
 * Warns of features and targets whose scales let training or scoring go badly, naming the remedy.
 */
final class FeatureScales {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureScales.class);

  /** Ratio of deviations from which training on the features as they are is likely to go badly. */
  private static final double UNEVEN = 1000;

  /**
   * Ratio of a mean to its deviation from which float32, with its 24 bits, has fewer than about
   * 1,000 steps left for a deviation.
   */
  private static final double REMOTE = 1e4;

  private FeatureScales() {}

  /**
   * A warning if training sees the digits of a target that the model's answers, float32, lose.
   *
   * @param stage the stage that trains
   */
  static void warnOfRemoteTargets(DataSummary summary, String stage) {
    warnOfRemote(
        summary.targetMeans(),
        summary.targetDeviations(),
        "The mean of target {} is {} times its standard deviation, digits that the float32"
            + " answers of {} lose; subtract the mean from the labels before fit, and add it to"
            + " predictions.",
        stage);
  }

  /**
   * At most one warning.
   *
   * @param standardized whether training sees standardized features
   * @param stage the stage before which another one would help
   */
  static void warn(DataSummary summary, boolean standardized, String stage) {
    if (standardized) {
      warnOfRemoteFeatures(summary.means(), summary.deviations(), stage);
    } else if (summary.deviationRatio() > UNEVEN) {
      LOG.warn(
          "The features' standard deviations differ by a factor of {}; set standardization to true,"
              + " or put a StandardScaler before {}.",
          String.format(Locale.ROOT, "%,.0f", summary.deviationRatio()),
          stage);
    }
  }

  /** Training centres features in double precision, but the model meets them in float32. */
  private static void warnOfRemoteFeatures(double[] means, double[] deviations, String stage) {
    warnOfRemote(
        means,
        deviations,
        "The mean of feature {} is {} times its standard deviation, digits that a model of"
            + " float32 features loses in scoring; put a StandardScaler with withMean=true before"
            + " {}.",
        stage);
  }

  private static void warnOfRemote(
      double[] means, double[] deviations, String message, String stage) {
    int column = InputStandardization.remotest(means, deviations);
    double ratio = InputStandardization.remoteness(means[column], deviations[column]);
    if (ratio > REMOTE) {
      LOG.warn(message, column, String.format(Locale.ROOT, "%,.0f", ratio), stage);
    }
  }
}
