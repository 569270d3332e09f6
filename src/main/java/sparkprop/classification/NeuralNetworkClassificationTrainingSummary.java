package sparkprop.classification;

import org.apache.spark.ml.classification.BinaryClassificationSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.TrainingSummaryBase;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.TrainingCourse;

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
public final class NeuralNetworkClassificationTrainingSummary extends TrainingSummaryBase
    implements TrainingCourse {
  private static final long serialVersionUID = 1;

  private final TrainingRecord record;
  private final String scoreCol;
  private final int numClasses;

  NeuralNetworkClassificationTrainingSummary(
      TrainingRecord record,
      @Nullable Dataset<Row> predictions,
      String scoreCol,
      int numClasses,
      String predictionCol,
      String labelCol,
      String weightCol) {
    super(
        predictions, predictionCol, labelCol, weightCol, TrainingCourse.array(record.objectives()));
    this.record = record;
    this.scoreCol = scoreCol;
    this.numClasses = numClasses;
  }

  @Override
  public TrainingRecord record() {
    return record;
  }

  /**
   * Weighted share of the validation rows classified right after each pass; empty if none
   * validated.
   */
  public double[] validationAccuracyHistory() {
    return TrainingCourse.array(record.validationAccuracies());
  }

  /**
   * For two classes: ROC and precision-recall curves, their areas, and metrics by threshold.
   *
   * @throws IllegalStateException if there are more classes, or after loading
   */
  public BinaryClassificationSummary binarySummary() {
    if (numClasses != 2) {
      throw new IllegalStateException(
          "There are %d classes, but curves by threshold are defined for two: see precisionByLabel and recallByLabel."
              .formatted(numClasses));
    }
    return binary(scoreCol);
  }
}
