package sparkprop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.testing.SharedSpark;

/** Beside scikit-learn 1.9's metrics with multioutput='uniform_average'. */
class MultiTargetRegressionEvaluatorTest {
  private static final Dataset<Row> ROWS =
      SharedSpark.session()
          .createDataFrame(
              List.of(
                  RowFactory.create(Vectors.dense(0.5, 1), Vectors.dense(0, 2), 1),
                  RowFactory.create(Vectors.dense(-1, 1), Vectors.dense(-1, 2), 2),
                  RowFactory.create(Vectors.dense(7, -6), Vectors.dense(8, -5), 4)),
              new StructType()
                  .add("label", SQLDataTypes.VectorType())
                  .add("prediction", SQLDataTypes.VectorType())
                  .add("weight", DataTypes.IntegerType));

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "mse, false, 0.708333333",
    "rmse, false, 0.841625412",
    "mae, false, 0.75",
    "r2, false, 0.936800527",
    "mse, true, 0.803571429",
    "mae, true, 0.821428571",
    "r2, true, 0.936633844",
  })
  void metricsAreThoseOfScikitLearn(String metric, boolean weighted, double value) {
    MultiTargetRegressionEvaluator evaluator =
        new MultiTargetRegressionEvaluator().setMetricName(metric);
    if (weighted) {
      evaluator.setWeightCol("weight");
    }
    assertThat(evaluator.evaluate(ROWS)).isCloseTo(value, within(1e-8));
    assertThat(evaluator.isLargerBetter()).isEqualTo(metric.equals("r2"));
  }

  @Test
  void refusesOtherMetricsAndNoRows() {
    assertThatThrownBy(() -> new MultiTargetRegressionEvaluator().setMetricName("accuracy"))
        .hasMessageContaining("metricName must be rmse, mse, mae or r2, but is 'accuracy'.");
    assertThatThrownBy(() -> new MultiTargetRegressionEvaluator().evaluate(ROWS.limit(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no rows to evaluate.");
  }

  /** Rows (label, prediction, weight) of two targets, the first 3 throughout. */
  private static Dataset<Row> constant(double predicted, Integer weight) {
    return SharedSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create(Vectors.dense(3, 1), Vectors.dense(predicted, 1), weight),
                RowFactory.create(Vectors.dense(3, 2), Vectors.dense(3, 2), 2)),
            ROWS.schema());
  }

  @Test
  void aConstantTargetIsMetOrNot() {
    MultiTargetRegressionEvaluator r2 = new MultiTargetRegressionEvaluator().setMetricName("r2");
    assertThat(r2.evaluate(constant(3, 1))).isEqualTo(1);
    assertThat(r2.evaluate(constant(4, 1))).isEqualTo(0.5);
  }

  @Test
  void refusesRowsThatCannotBeEvaluated() {
    MultiTargetRegressionEvaluator weighted =
        new MultiTargetRegressionEvaluator().setWeightCol("weight");
    assertThatThrownBy(() -> weighted.evaluate(constant(3, -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'weight' holds 1 null or negative weights, which sum to 1.0: weights must be at"
                + " least 0, one of them more.");
    assertThatThrownBy(() -> weighted.evaluate(constant(3, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds 1 null or negative weights");
    assertThatThrownBy(() -> weighted.evaluate(ROWS.withColumn("weight", functions.lit(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds 0 null or negative weights, which sum to 0.0");
    Dataset<Row> noLabel =
        ROWS.withColumn(
            "label", functions.when(functions.col("weight").gt(1), functions.col("label")));
    assertThatThrownBy(() -> weighted.evaluate(noLabel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'label' holds 1 null labels: drop such rows before they are evaluated.");
  }

  @Test
  void refusesColumnsThatAreMissingOrMistyped() {
    MultiTargetRegressionEvaluator evaluator = new MultiTargetRegressionEvaluator();
    assertThatThrownBy(() -> evaluator.evaluate(ROWS.drop("prediction")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no column 'prediction' (Param predictionCol); the columns are label, weight.");
    assertThatThrownBy(() -> evaluator.setLabelCol("weight").evaluate(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'weight' (Param labelCol) must be a vector, but is of type integer;"
                + " VectorAssembler makes vectors of numbers.");
    assertThatThrownBy(
            () -> new MultiTargetRegressionEvaluator().setWeightCol("label").evaluate(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'label' (Param weightCol) must be numeric, but is of type vector; cast it to"
                + " double.");
  }

  @Test
  void isSaved() throws IOException {
    String path = directory.resolve("evaluator").toString();
    new MultiTargetRegressionEvaluator().setMetricName("mae").write().save(path);
    assertThat(MultiTargetRegressionEvaluator.load(path).getMetricName()).isEqualTo("mae");
  }
}
