package sparkprop.stage;

import java.util.List;
import org.apache.spark.sql.Dataset;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
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
    return new NetworkFit.Aim(head, standardization.under(head), List.of());
  }

  private void checkTargets(Head head, DataSummary summary) {
    double lowest = summary.trainingLabels().plus(summary.validationLabels()).min();
    if (lowest < head.lowestTarget()) {
      throw new IllegalArgumentException(
          "Column '%s' holds the label %s, but loss %s takes none below %s: use squaredError, or drop such rows."
              .formatted(columns.label(), lowest, head.loss(), head.lowestTarget()));
    }
  }
}
