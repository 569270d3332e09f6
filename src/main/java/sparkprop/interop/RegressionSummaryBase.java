package sparkprop.interop;

import java.io.Serializable;
import org.apache.spark.ml.util.Summary;
import org.apache.spark.mllib.evaluation.RegressionMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.Tuple3;

/**
 * A summary with the metrics of Spark's {@code LinearRegressionSummary}, under its names, computed
 * by the same {@link RegressionMetrics} when one is first asked for. (That class itself is about
 * coefficients, so no other model's summary can extend it.) A model that was loaded knows its
 * history but not its training rows any more; then {@link #predictions} and every metric say so.
 */
public abstract class RegressionSummaryBase implements Summary, Serializable {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Dataset<Row> predictions;
  private final String featuresCol;
  private final String predictionCol;
  private final String labelCol;
  private final String weightCol;
  private transient @Nullable RegressionMetrics metrics;

  /**
   * A summary.
   *
   * @param predictions the model's output for the rows it was trained with, or null if they are not
   *     known any more
   * @param weightCol name of the weight column, "" if there is none
   */
  protected RegressionSummaryBase(
      @Nullable Dataset<Row> predictions,
      String featuresCol,
      String predictionCol,
      String labelCol,
      String weightCol) {
    this.predictions = predictions;
    this.featuresCol = featuresCol;
    this.predictionCol = predictionCol;
    this.labelCol = labelCol;
    this.weightCol = weightCol;
  }

  /**
   * The model's output for the rows that {@code fit} was given, validation rows included.
   *
   * @throws IllegalStateException after loading
   */
  public final Dataset<Row> predictions() {
    if (predictions == null) {
      throw new IllegalStateException(
          "A loaded model keeps its training history but not its training rows, so it has no"
              + " predictions or metrics of them: call evaluate, or transform and an evaluator.");
    }
    return predictions;
  }

  /** Column of the features. */
  public final String featuresCol() {
    return featuresCol;
  }

  /** Column of the predictions. */
  public final String predictionCol() {
    return predictionCol;
  }

  /** Column of the labels. */
  public final String labelCol() {
    return labelCol;
  }

  /** Column of the rows' weights, "" if there is none. */
  public final String weightCol() {
    return weightCol;
  }

  /** One column: label minus prediction. */
  public final Dataset<Row> residuals() {
    Dataset<Row> rows = predictions();
    return rows.select(number(rows, labelCol).minus(number(rows, predictionCol)).as("residuals"));
  }

  /** Explained variance, {@code sum w (prediction - mean label)^2 / sum w}. */
  public final double explainedVariance() {
    return metrics().explainedVariance();
  }

  /** Weighted mean of {@code |label - prediction|}. */
  public final double meanAbsoluteError() {
    return metrics().meanAbsoluteError();
  }

  /** Weighted mean of {@code (label - prediction)^2}. */
  public final double meanSquaredError() {
    return metrics().meanSquaredError();
  }

  /** Its square root. */
  public final double rootMeanSquaredError() {
    return metrics().rootMeanSquaredError();
  }

  /** Coefficient of determination: 1 less the share of the variance that is left unexplained. */
  public final double r2() {
    return metrics().r2();
  }

  /** Number of rows with predictions. */
  public final long numInstances() {
    return predictions().count();
  }

  private synchronized RegressionMetrics metrics() {
    RegressionMetrics found = metrics;
    if (found == null) {
      Dataset<Row> rows = predictions();
      Column weight = weightCol.isEmpty() ? functions.lit(1.0) : number(rows, weightCol);
      found =
          new RegressionMetrics(
              rows.select(number(rows, predictionCol), number(rows, labelCol), weight)
                  .toJavaRDD()
                  .map(row -> new Tuple3<>(row.getDouble(0), row.getDouble(1), row.getDouble(2)))
                  .rdd(),
              false);
      metrics = found;
    }
    return found;
  }

  private static Column number(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`").cast(DataTypes.DoubleType);
  }
}
