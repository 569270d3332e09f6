package sparkprop.params;

import java.util.List;
import org.apache.spark.ml.param.Param;
import sparkprop.interop.OwnWeightCol;

/** What an evaluator of vectors compares, and how. */
public interface EvaluatedColumns extends OwnWeightCol {

  /**
   * The Params of this interface, as an evaluator keeps them.
   *
   * @param predictionCol column of predicted vectors
   * @param labelCol column of label vectors
   * @param weightCol column of the rows' weights
   * @param metricName the metric
   */
  record Declared(
      Param<String> predictionCol,
      Param<String> labelCol,
      Param<String> weightCol,
      Param<String> metricName)
      implements java.io.Serializable {
    private static final List<String> METRICS = List.of("rmse", "mse", "mae", "r2");

    /** Makes the Params of one evaluator, whose uid must be known already. */
    public static Declared of(EvaluatedColumns owner) {
      ParamMaker make = new ParamMaker(owner);
      return new Declared(
          make.column("predictionCol", "prediction", "column of predicted vectors"),
          make.column("labelCol", "label", "column of label vectors"),
          make.column("weightCol", "column of the rows' weights; all rows weigh 1 if unset"),
          make.text(
              "metricName", "rmse", Declared::check, "metric to average: rmse, mse, mae or r2"));
    }

    private static void check(String metric) {
      if (!METRICS.contains(metric)) {
        throw new IllegalArgumentException(
            "metricName must be rmse, mse, mae or r2, but is '%s'.".formatted(metric));
      }
    }
  }

  /** Where the evaluator keeps them. */
  Declared evaluatedColumns();

  /** Column of predicted vectors. Default "prediction". */
  default Param<String> predictionCol() {
    return evaluatedColumns().predictionCol();
  }

  /** The value of {@link #predictionCol}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Column of label vectors. Default "label". */
  default Param<String> labelCol() {
    return evaluatedColumns().labelCol();
  }

  /** The value of {@link #labelCol}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Column of the rows' weights. Not set by default. */
  @Override
  default Param<String> weightCol() {
    return evaluatedColumns().weightCol();
  }

  /** The metric: rmse, mse, mae or r2. Default "rmse". */
  default Param<String> metricName() {
    return evaluatedColumns().metricName();
  }

  /** The value of {@link #metricName}. */
  default String getMetricName() {
    return getOrDefault(metricName());
  }
}
