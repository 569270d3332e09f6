package sparkprop.classification;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.TrainingSummaryBase;
import sparkprop.nn.LayerHealth;
import sparkprop.persist.TrainingRecord;

/**
 * How a model was trained: the course of training, and all metrics of Spark's {@code
 * ClassificationSummary} on the rows that {@code fit} was given (validation rows included), with
 * the columns and thresholds of that time. The course survives saving; after loading, {@link
 * #predictions} and the metrics say that the rows are gone.
 *
 * <p>{@link #objectiveHistory} begins with the first mini-batch's objective at the initial weights;
 * then comes one number a pass, the weighted mean of the mini-batches' objectives, penalty
 * included, as they were met.
 */
public final class NeuralNetworkClassificationTrainingSummary extends TrainingSummaryBase {
  private static final long serialVersionUID = 1;

  private final TrainingRecord record;

  NeuralNetworkClassificationTrainingSummary(
      TrainingRecord record,
      @Nullable Dataset<Row> predictions,
      String predictionCol,
      String labelCol,
      String weightCol) {
    super(predictions, predictionCol, labelCol, weightCol, array(record.objectives()));
    this.record = record;
  }

  /** Mean loss of the validation rows after each pass, without penalty; empty if none validated. */
  public double[] validationHistory() {
    return array(record.validationLosses());
  }

  /** Weighted share of the validation rows classified right after each pass; empty likewise. */
  public double[] validationAccuracyHistory() {
    return array(record.validationAccuracies());
  }

  /**
   * The pass with the lowest watched loss (validation, else objective), from 1; 0 if no pass was
   * made. With validation rows the model's weights are those after this pass.
   */
  public int bestIteration() {
    return record.bestIteration();
  }

  /** Why training ended, as a clause: "maxIter passes were made". */
  public String stopReason() {
    return record.stopReason();
  }

  /** Training rows a second over all passes, validation not counted. */
  public double samplesPerSecond() {
    return record.samplesPerSecond();
  }

  /** Rows of one update, over all partitions together: the number that was used. */
  public int batchSize() {
    return record.batchSize();
  }

  /** Partitions that trained: the number that was used. */
  public int numPartitions() {
    return record.numPartitions();
  }

  /** Windows that each partition's rows were cut into; 1 where the rows fitted storage memory. */
  public int windows() {
    return record.windows();
  }

  /** Most rows of one partition's window; rows were permuted within it. */
  public long windowRows() {
    return record.windowRows();
  }

  /**
   * Names of the layers that learn or activate, lowest first, as in the names of saved weights;
   * empty if no pass was made or an earlier release saved the model.
   */
  public String[] layerNames() {
    return record.health().stream()
        .limit(1)
        .flatMap(List::stream)
        .map(LayerHealth::layer)
        .toArray(String[]::new);
  }

  /**
   * After each pass, for each of {@link #layerNames}: the 2-norm of the mean loss's gradient by
   * what the layer learns, without penalty; NaN if it learns nothing. These numbers are of a fixed
   * sample of up to 256 training rows. Norms that fall by orders of magnitude towards the lowest
   * layer are gradients that vanish.
   */
  public double[][] gradientNormHistory() {
    return table(LayerHealth::gradientNorm);
  }

  /** Likewise the 2-norm of what the layer learns; NaN if that is nothing. */
  public double[][] weightNormHistory() {
    return table(LayerHealth::weightNorm);
  }

  /**
   * Likewise for activations, the share of units, from 0 to 1, that are dead or saturated: {@code
   * |f'(z)|} is below 0.01 in every row of the sample. NaN for other layers and for softmax.
   */
  public double[][] silentShareHistory() {
    return table(LayerHealth::silentShare);
  }

  private double[][] table(ToDoubleFunction<LayerHealth> number) {
    return record.health().stream()
        .map(pass -> pass.stream().mapToDouble(number).toArray())
        .toArray(double[][]::new);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
