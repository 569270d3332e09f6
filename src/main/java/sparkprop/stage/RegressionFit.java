package sparkprop.stage;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import sparkprop.cluster.JobScope;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.PlannedInput;
import sparkprop.interop.Undeclared;
import sparkprop.nn.InputStandardization;
import sparkprop.nn.Network;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.Heads;
import sparkprop.params.NetworkParams;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TrainingParams;
import sparkprop.train.step.Placements;

/**
 * The {@code fit} of all that predicts numbers: settings, a scan of the rows, the network, its
 * training.
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
   * Refuses, before any row is read, a loss, an output and a standardization that do not fit.
   *
   * @throws IllegalArgumentException if they do not
   */
  public static void check(
      TrainingParams stage, ResolvedParams resolved, TargetStandardizing standardization) {
    if (resolved.standardization()) {
      InputStandardization.check(resolved.network());
    }
    standardization.under(Heads.regression(stage.getLoss(), stage.getOutputActivation(), 1));
  }

  /**
   * Fits.
   *
   * @param model class of the model that will hold the result
   * @throws IllegalArgumentException if the input or the network cannot be trained
   */
  public TrainedNetwork run(Dataset<?> dataset, Class<?> model) {
    SparkContext context = dataset.sparkSession().sparkContext();
    try (JobScope jobs = new JobScope(context, stage.uid())) {
      Placements.check(context);
      PlannedInput input = PlannedInput.of(dataset, columns, resolved.validationDraw(), jobs);
      DataSummary summary = input.scan();
      Head head =
          Heads.regression(stage.getLoss(), stage.getOutputActivation(), summary.numTargets());
      checkTargets(head, summary);
      Network network = Network.of(resolved.network(), Shape.of(summary.numFeatures()), head);
      NetworkTraining.Trained trained =
          new NetworkTraining(
                  stage.uid(),
                  jobs,
                  resolved,
                  network,
                  standardization.under(head),
                  WarmStart.of(stage, attachments, dataset.sparkSession()),
                  attachments.listeners())
              .run(context, input, summary);
      return TrainedNetwork.of(network, trained, List.of(), model);
    } catch (InterruptedException e) {
      throw Undeclared.rethrow(e);
    }
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
