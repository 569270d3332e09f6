package sparkprop.stage;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import sparkprop.cluster.JobScope;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.PlannedInput;
import sparkprop.interop.Undeclared;
import sparkprop.nn.Network;
import sparkprop.nn.loss.Head;
import sparkprop.params.ResolvedParams;
import sparkprop.params.TrainingParams;
import sparkprop.train.step.Placements;

/**
 * The {@code fit} of all stages that train: a scan of the rows, the network, its training.
 *
 * @param stage the estimator
 * @param resolved its Params
 * @param columns what it reads
 * @param attachments listeners and initial model
 */
public record NetworkFit(
    TrainingParams stage, ResolvedParams resolved, Columns columns, Attachments attachments) {

  /**
   * What a network shall learn of the rows.
   *
   * @param head output and loss
   * @param standardizesTargets whether targets are centred and scaled inside
   * @param classNames of a classifier, by index; empty if there are none
   */
  public record Aim(Head head, boolean standardizesTargets, List<String> classNames) {}

  /**
   * Fits.
   *
   * @param aim what is to be learnt, once the rows are scanned; it refuses those that will not do
   * @param model class of the model that will hold the result
   * @throws IllegalArgumentException if the input or the network cannot be trained
   */
  public TrainedNetwork run(Dataset<?> dataset, Function<DataSummary, Aim> aim, Class<?> model) {
    SparkContext context = dataset.sparkSession().sparkContext();
    try (JobScope jobs = new JobScope(context, stage.uid())) {
      Placements.check(context);
      PlannedInput input = PlannedInput.of(dataset, columns, resolved.validationDraw(), jobs);
      DataSummary summary = input.scan();
      Aim aimed = aim.apply(summary);
      Network network =
          Network.of(resolved.network(), resolved.shapeOf(summary.numFeatures()), aimed.head());
      NetworkTraining.Trained trained =
          new NetworkTraining(
                  stage.uid(),
                  jobs,
                  resolved,
                  network,
                  aimed.standardizesTargets(),
                  WarmStart.of(stage, attachments, dataset.sparkSession()),
                  attachments.listeners())
              .run(context, input, summary);
      return TrainedNetwork.of(network, trained, aimed.classNames(), model);
    } catch (InterruptedException e) {
      throw Undeclared.rethrow(e);
    }
  }
}
