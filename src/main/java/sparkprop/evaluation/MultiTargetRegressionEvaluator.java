package sparkprop.evaluation;

import java.util.Optional;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import sparkprop.data.Columns;
import sparkprop.interop.OptionalColumn;
import sparkprop.params.EvaluatedColumns;

/**
 * How well vectors of predictions meet vectors of labels: a metric of each target, averaged over
 * the targets with equal weight (scikit-learn's {@code uniform_average}; for {@code rmse} the root
 * is taken of the averaged mean squared error).
 *
 * <ul>
 *   <li>{@code rmse} (default), {@code mse}: root mean squared error, mean squared error
 *   <li>{@code mae}: mean absolute error
 *   <li>{@code r2}: coefficient of determination; of a target that never changes 1 if all
 *       predictions meet it, else 0, as in scikit-learn
 * </ul>
 *
 * <p>All are weighted by {@code weightCol} if it is set.
 */
public final class MultiTargetRegressionEvaluator extends Evaluator
    implements EvaluatedColumns, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final EvaluatedColumns.Declared params;

  /** An evaluator with a uid of its own. */
  public MultiTargetRegressionEvaluator() {
    this(Identifiable$.MODULE$.randomUID("mtRegEval"));
  }

  /** An evaluator with this uid. */
  public MultiTargetRegressionEvaluator(String uid) {
    this.uid = uid;
    this.params = EvaluatedColumns.Declared.of(this);
  }

  /** Loads an evaluator that was saved. */
  public static MultiTargetRegressionEvaluator load(String path) {
    return read().load(path);
  }

  /** A reader of saved evaluators. */
  public static MLReader<MultiTargetRegressionEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public EvaluatedColumns.Declared evaluatedColumns() {
    return params;
  }

  /** Names the column of predicted vectors. */
  public MultiTargetRegressionEvaluator setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  /** Names the column of label vectors. */
  public MultiTargetRegressionEvaluator setLabelCol(String value) {
    return with(labelCol(), value);
  }

  /** Names the column of row weights. */
  public MultiTargetRegressionEvaluator setWeightCol(String value) {
    return with(weightCol(), value);
  }

  /** Sets the metric: rmse, mse, mae or r2. */
  public MultiTargetRegressionEvaluator setMetricName(String value) {
    return with(metricName(), value);
  }

  private MultiTargetRegressionEvaluator with(Param<String> param, String value) {
    return (MultiTargetRegressionEvaluator) set(param, value);
  }

  @Override
  public boolean isLargerBetter() {
    return getMetricName().equals("r2");
  }

  @Override
  public MultiTargetRegressionEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * The metric.
   *
   * @throws IllegalArgumentException if a column is missing or mistyped, there are no rows, a label
   *     is null, or weights are null, negative or all 0; Spark wraps the one for a row whose
   *     vectors differ in size
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    Columns.vectors(dataset.schema(), getPredictionCol(), predictionCol().name());
    Columns.vectors(dataset.schema(), getLabelCol(), labelCol().name());
    Optional<String> weights = OptionalColumn.of(this, weightCol());
    weights.ifPresent(name -> Columns.weights(dataset.schema(), name));
    Dataset<Row> rows =
        dataset.select(
            Columns.column(dataset, getPredictionCol()).as("prediction"),
            Columns.column(dataset, getLabelCol()).as("label"),
            weights
                .map(name -> Columns.column(dataset, name).cast(DataTypes.DoubleType))
                .orElseGet(() -> functions.lit(1.0))
                .as("weight"));
    check(rows);
    return switch (getMetricName()) {
      case "mse" -> mean(squares(errors(rows)));
      case "mae" -> mean(absolutes(errors(rows)));
      case "r2" -> r2(rows);
      default -> Math.sqrt(mean(squares(errors(rows))));
    };
  }

  /** One pass, which needs no predictions. */
  private void check(Dataset<Row> rows) {
    Column weight = rows.col("weight");
    Row facts =
        rows.select(
                functions.count("*"),
                functions.count_if(rows.col("label").isNull()),
                functions.count_if(functions.not(weight.geq(0)).or(weight.isNull())),
                functions.coalesce(functions.sum(weight), functions.lit(0.0)))
            .head();
    if (facts.getLong(0) == 0) {
      throw new IllegalArgumentException("There are no rows to evaluate.");
    }
    if (facts.getLong(1) > 0) {
      throw new IllegalArgumentException(
          "Column '%s' holds %d null labels: drop such rows before they are evaluated."
              .formatted(getLabelCol(), facts.getLong(1)));
    }
    if (facts.getLong(2) > 0 || !(facts.getDouble(3) > 0)) {
      throw new IllegalArgumentException(
          "Column '%s' holds %d null or negative weights, which sum to %s: weights must be at least 0, one of them more."
              .formatted(getWeightCol(), facts.getLong(2), facts.getDouble(3)));
    }
  }

  private double r2(Dataset<Row> rows) {
    double[] unexplained = squares(errors(rows));
    Vector means =
        vector(
            rows.select(Summarizer.mean(rows.col("label"), rows.col("weight")).as("mean")).head(),
            0);
    double[] all = squares(apart(rows, (label, nothing) -> difference(label, means)));
    double sum = 0;
    for (int k = 0; k < all.length; k++) {
      sum += determination(unexplained[k], all[k]);
    }
    return sum / all.length;
  }

  private static double determination(double unexplained, double all) {
    if (all == 0) {
      return unexplained == 0 ? 1 : 0;
    }
    return 1 - unexplained / all;
  }

  private static Dataset<Row> errors(Dataset<Row> rows) {
    return apart(rows, (label, prediction) -> difference(label, prediction));
  }

  private static Dataset<Row> apart(Dataset<Row> rows, UDF2<Vector, Vector, Vector> difference) {
    return rows.select(
        functions
            .udf(difference, SQLDataTypes.VectorType())
            .apply(rows.col("label"), rows.col("prediction"))
            .as("apart"),
        rows.col("weight"));
  }

  private static Vector difference(Vector label, Vector prediction) {
    if (label.size() != prediction.size()) {
      throw new IllegalArgumentException(
          "A label of %d targets stands beside a prediction of %d: evaluate a model of the same targets."
              .formatted(label.size(), prediction.size()));
    }
    double[] difference = label.toArray().clone();
    double[] other = prediction.toArray();
    for (int k = 0; k < difference.length; k++) {
      difference[k] -= other[k];
    }
    return Vectors.dense(difference);
  }

  /** Weighted mean of the squares, by target. */
  private static double[] squares(Dataset<Row> differences) {
    Row row =
        summary(
            differences, Summarizer.normL2(differences.col("apart"), differences.col("weight")));
    double[] norms = vector(row, 0).toArray();
    double[] squares = new double[norms.length];
    for (int k = 0; k < norms.length; k++) {
      squares[k] = norms[k] * norms[k] / row.getDouble(1);
    }
    return squares;
  }

  /** Weighted mean of the absolute values, by target. */
  private static double[] absolutes(Dataset<Row> differences) {
    Row row =
        summary(
            differences, Summarizer.normL1(differences.col("apart"), differences.col("weight")));
    double[] norms = vector(row, 0).toArray();
    double[] means = new double[norms.length];
    for (int k = 0; k < norms.length; k++) {
      means[k] = norms[k] / row.getDouble(1);
    }
    return means;
  }

  /** A norm of each target's differences, and the sum of weights. */
  private static Row summary(Dataset<Row> differences, Column norm) {
    return differences.select(norm, functions.sum("weight")).head();
  }

  private static Vector vector(Row row, int at) {
    return row.getAs(at);
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }
}
