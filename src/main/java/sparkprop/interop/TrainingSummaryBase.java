package sparkprop.interop;

import java.util.List;
import org.apache.spark.ml.classification.BinaryClassificationSummary;
import org.apache.spark.ml.classification.BinaryRandomForestClassificationSummaryImpl;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationTrainingSummaryImpl;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A training summary with all metrics of Spark's {@code ClassificationSummary} and {@code
 * TrainingSummary}: it stands on the summary of MLlib's perceptron, the one public class that
 * implements both. A model that was loaded knows its history but not its training rows any more;
 * then {@link #predictions} and every metric say so.
 */
public abstract class TrainingSummaryBase
    extends MultilayerPerceptronClassificationTrainingSummaryImpl {
  private static final long serialVersionUID = 1;

  // Spark's constructor calls predictions() before this is set, and must be answered.
  private final boolean withoutRows;

  /**
   * A summary.
   *
   * @param predictions the model's output for the rows it was trained with, or null if they are not
   *     known any more
   * @param weightCol name of the weight column, "" if there is none
   */
  protected TrainingSummaryBase(
      @Nullable Dataset<Row> predictions,
      String predictionCol,
      String labelCol,
      String weightCol,
      double[] objectiveHistory) {
    super(
        predictions != null ? predictions : noRows(predictionCol, labelCol),
        predictionCol,
        labelCol,
        weightCol,
        objectiveHistory);
    this.withoutRows = predictions == null;
  }

  private static Dataset<Row> noRows(String predictionCol, String labelCol) {
    StructType schema =
        new StructType()
            .add(predictionCol, DataTypes.DoubleType)
            .add(labelCol, DataTypes.DoubleType);
    return SparkSession.active().createDataFrame(List.of(), schema);
  }

  /**
   * The model's output for the rows that {@code fit} was given, validation rows included.
   *
   * @throws IllegalStateException after loading
   */
  @Override
  public final Dataset<Row> predictions() {
    requireRows();
    return super.predictions();
  }

  /** Spark's own, on which all metrics stand. */
  @Override
  public final MulticlassMetrics
      org$apache$spark$ml$classification$ClassificationSummary$$multiclassMetrics() {
    requireRows();
    return super.org$apache$spark$ml$classification$ClassificationSummary$$multiclassMetrics();
  }

  /**
   * The same rows with what only two classes have: ROC and precision-recall curves, their areas,
   * and metrics by threshold.
   *
   * @param probabilityCol column of probabilities in {@link #predictions}
   * @throws IllegalStateException after loading
   */
  protected final BinaryClassificationSummary binary(String probabilityCol) {
    return new BinaryRandomForestClassificationSummaryImpl(
        predictions(), probabilityCol, predictionCol(), labelCol(), weightCol());
  }

  private void requireRows() {
    if (withoutRows) {
      throw new IllegalStateException(
          "A loaded model keeps its training history but not its training rows, so it has no"
              + " predictions or metrics of them: call transform and an evaluator.");
    }
  }
}
