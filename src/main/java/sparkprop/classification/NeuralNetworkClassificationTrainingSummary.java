package sparkprop.classification;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.TrainingSummaryBase;
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

  private static double[] array(java.util.List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
