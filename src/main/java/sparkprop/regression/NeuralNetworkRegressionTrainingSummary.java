package sparkprop.regression;

import org.apache.spark.ml.classification.TrainingSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.RegressionSummaryBase;
import sparkprop.persist.TrainingRecord;
import sparkprop.stage.TrainingCourse;

/**
 * How a model was trained: the course of training, and the metrics of Spark's {@code
 * LinearRegressionSummary} on the rows that {@code fit} was given (validation rows included), with
 * the columns of that time. The course survives saving; after loading, {@link #predictions} and the
 * metrics say that the rows are gone.
 *
 * <p>{@link #objectiveHistory} begins with the first mini-batch's objective at the initial weights;
 * then comes one number a pass, the weighted mean of the mini-batches' objectives, penalty
 * included, as they were met. Where the label is standardized inside, losses are those of the
 * standardized label.
 */
public final class NeuralNetworkRegressionTrainingSummary extends RegressionSummaryBase
    implements TrainingCourse, TrainingSummary {
  private static final long serialVersionUID = 1;

  private final TrainingRecord record;

  NeuralNetworkRegressionTrainingSummary(
      TrainingRecord record,
      @Nullable Dataset<Row> predictions,
      String featuresCol,
      String predictionCol,
      String labelCol,
      String weightCol) {
    super(predictions, featuresCol, predictionCol, labelCol, weightCol);
    this.record = record;
  }

  @Override
  public TrainingRecord record() {
    return record;
  }

  @Override
  public double[] objectiveHistory() {
    return TrainingCourse.array(record.objectives());
  }
}
