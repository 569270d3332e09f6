package sparkprop.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.testing.Curves;

class MultiTargetNeuralNetworkRegressorTest {
  private static final Dataset<Row> ROWS = Curves.of(600);
  private static final MultiTargetNeuralNetworkRegressionModel MODEL = regressor().fit(ROWS);

  @TempDir private Path directory;

  private static MultiTargetNeuralNetworkRegressor regressor() {
    return new MultiTargetNeuralNetworkRegressor()
        .setLabelCol("labels")
        .setHiddenLayers(new int[] {16})
        .setActivation("tanh")
        .setSolver("l-bfgs")
        .setMaxIter(60)
        .setPatience(0);
  }

  private static double metric(String name, Dataset<Row> scored) {
    return new MultiTargetRegressionEvaluator()
        .setLabelCol("labels")
        .setMetricName(name)
        .evaluate(scored);
  }

  /** One target is a hundred thousand times as large as the other. */
  @Test
  void learnsTargetsOfDifferentUnitsAlike() {
    Dataset<Row> scored = MODEL.transform(ROWS);
    assertThat(metric("r2", scored)).isGreaterThan(0.99);
    Row first = scored.head();
    Vector predicted = MODEL.predict(first.getAs("features"));
    assertThat(predicted).isEqualTo(first.<Vector>getAs("prediction"));
    assertThat(predicted.size()).isEqualTo(2);
    assertThat(AttributeGroup.fromStructField(scored.schema().apply("prediction")).size())
        .isEqualTo(2);
    assertThat(MODEL.numTargets()).isEqualTo(2);
  }

  /** A network with one target is that of the plain regressor. */
  @Test
  void oneTargetIsTheSameAsANumber() {
    List<Row> rows = new ArrayList<>();
    for (Row row : Curves.rows(100)) {
      rows.add(
          RowFactory.create(
              row.get(0), row.get(1), Vectors.dense(row.getDouble(1)), row.get(3), row.get(4)));
    }
    Dataset<Row> one = Curves.of(rows, 2);
    assertThat(regressor().setSeed(1).setMaxIter(5).fit(one).weights())
        .isEqualTo(
            new NeuralNetworkRegressor()
                .setHiddenLayers(new int[] {16})
                .setActivation("tanh")
                .setSolver("l-bfgs")
                .setMaxIter(5)
                .setPatience(0)
                .setSeed(1)
                .fit(one)
                .weights());
  }

  @Test
  void aSavedModelPredictsTheSameAndKnowsItsHistory() throws IOException {
    String path = directory.resolve("model").toString();
    MODEL.write().save(path);
    MultiTargetNeuralNetworkRegressionModel loaded =
        MultiTargetNeuralNetworkRegressionModel.load(path);
    assertThat(loaded.transform(ROWS).select("prediction").collectAsList())
        .isEqualTo(MODEL.transform(ROWS).select("prediction").collectAsList());
    assertThat(loaded.summary().objectiveHistory())
        .isEqualTo(MODEL.summary().objectiveHistory())
        .hasSize(61);
    assertThatThrownBy(() -> NeuralNetworkRegressionModel.load(path))
        .hasMessageContaining("holds a model of class " + loaded.getClass().getName());
  }

  @Test
  void isTuned() {
    MultiTargetNeuralNetworkRegressor regressor =
        regressor().setSolver("adam").setMaxIter(5).setValidationIndicatorCol("validates");
    CrossValidatorModel tuned =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(new MultiTargetRegressionEvaluator().setLabelCol("labels"))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(regressor.stepSize(), new double[] {1e-6, 0.05})
                    .build())
            .setNumFolds(2)
            .fit(ROWS);
    assertThat(tuned.avgMetrics()[1]).isLessThan(tuned.avgMetrics()[0]);
    assertThat(((MultiTargetNeuralNetworkRegressionModel) tuned.bestModel()).getStepSize())
        .isEqualTo(0.05);
  }

  private static Dataset<Row> with(int at, Object labels) {
    List<Row> rows = new ArrayList<>(Curves.rows(20));
    Row row = rows.get(at);
    rows.set(at, RowFactory.create(row.get(0), row.get(1), labels, row.get(3), row.get(4)));
    return Curves.of(rows, 2);
  }

  @Test
  void badLabelsAreNamed() {
    assertThatThrownBy(() -> regressor().fit(with(12, Vectors.dense(1, Double.NaN))))
        .hasMessage(
            "The input has 1 row with a null, NaN or infinite value or a negative weight, the first"
                + " in row 2 of partition 1, where column 'labels' holds NaN at index 1; drop or"
                + " mend such rows before fit.");
    assertThatThrownBy(() -> regressor().fit(with(12, Vectors.dense(1, 2, 3))))
        .hasMessage(
            "Column 'labels' holds vectors of unequal size, 2 in row 0 of partition 0 but 3 in row"
                + " 2 of partition 1; every row needs a vector of the same size.");
    assertThatThrownBy(() -> regressor().setLabelCol("label").fit(ROWS))
        .hasMessage(
            "Column 'label' (Param labelCol) must be a vector, but is of type double;"
                + " VectorAssembler makes vectors of numbers.");
  }
}
