package sparkprop.stage;

import java.io.Serializable;
import org.apache.spark.ml.classification.TrainingSummary;
import org.apache.spark.ml.util.Summary;
import sparkprop.persist.TrainingRecord;

/**
 * The course of a training, for models whose metrics are an evaluator's. {@link #objectiveHistory}
 * begins with the first mini-batch's objective at the initial weights; then comes one number a
 * pass, the weighted mean of the mini-batches' objectives, penalty included, as they were met.
 *
 * @param record what the model remembers
 */
public record CourseSummary(TrainingRecord record)
    implements TrainingCourse, TrainingSummary, Summary, Serializable {
  @Override
  public double[] objectiveHistory() {
    return TrainingCourse.array(record.objectives());
  }
}
