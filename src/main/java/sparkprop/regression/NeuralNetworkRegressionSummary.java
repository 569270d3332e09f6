package sparkprop.regression;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkprop.interop.RegressionSummaryBase;

/** The metrics of a model on rows that it was shown by {@code evaluate}. */
public final class NeuralNetworkRegressionSummary extends RegressionSummaryBase {
  private static final long serialVersionUID = 1;

  NeuralNetworkRegressionSummary(
      Dataset<Row> predictions,
      String featuresCol,
      String predictionCol,
      String labelCol,
      String weightCol) {
    super(predictions, featuresCol, predictionCol, labelCol, weightCol);
  }
}
