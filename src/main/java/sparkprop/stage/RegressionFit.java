package sparkprop.stage;

import java.util.List;
import org.apache.spark.sql.Dataset;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.Misfits;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.Heads;
import sparkprop.params.NetworkParams;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TrainingParams;

/**
 * The {@code fit} of all that predicts numbers.
 *
 * @param stage the estimator
 * @param resolved its Params
 * @param columns what it reads
 * @param standardization whether targets are centred and scaled inside
 * @param attachments listeners and initial model
 */
public record RegressionFit(
    TrainingParams stage,
    ResolvedParams resolved,
    Columns columns,
    TargetStandardizing standardization,
    Attachments attachments) {

  /** What the network Params of such stages are, beside those of other networks. */
  public static final NetworkParams.Head HEAD =
      new NetworkParams.Head(
          "squaredError",
          Heads::checkRegressionLoss,
          "what training makes small: squaredError, absoluteError, huber(1.0), poisson or"
              + " quantile(0.5)",
          Heads::checkOutputActivation);

  /** Decides whether targets are centred and scaled inside, once the head is known. */
  @FunctionalInterface
  public interface TargetStandardizing {
    /**
     * The decision.
     *
     * @throws IllegalArgumentException if it was asked for and the head cannot
     */
    boolean under(Head head);
  }

  /**
   * Refuses, before any row is read, a loss, an output and a standardization of targets that do not
   * fit.
   *
   * @throws IllegalArgumentException if they do not
   */
  public static void check(TrainingParams stage, TargetStandardizing standardization) {
    standardization.under(Heads.regression(stage.getLoss(), stage.getOutputActivation(), 1));
  }

  /**
   * Fits.
   *
   * @param model class of the model that will hold the result
   * @throws IllegalArgumentException if the input or the network cannot be trained
   */
  public TrainedNetwork run(Dataset<?> dataset, Class<?> model) {
    return new NetworkFit(stage, resolved, columns, attachments).run(dataset, this::aim, model);
  }

  private NetworkFit.Aim aim(DataSummary summary) {
    Head head =
        Heads.regression(stage.getLoss(), stage.getOutputActivation(), summary.numTargets());
    checkTargets(head, summary);
    boolean standardizes = standardization.under(head);
    if (standardizes && !columns.label().equals(columns.features())) { // else already warned of
      FeatureScales.warnOfRemoteTargets(summary, stage.uid());
    }
    return new NetworkFit.Aim(head, standardizes, List.of());
  }

  private void checkTargets(Head head, DataSummary summary) {
    Misfits negatives = summary.trainingLabels().plus(summary.validationLabels()).negatives();
    if (negatives.count() > 0 && !head.takesNegatives()) {
      throw new IllegalArgumentException(
          "Column '%s' holds %d %s below 0, such as %s, but loss %s takes none: use squaredError, or drop such rows."
              .formatted(
                  columns.label(),
                  negatives.count(),
                  negatives.count() == 1 ? "label" : "labels",
                  negatives.first(),
                  head.loss()));
    }
  }
}
