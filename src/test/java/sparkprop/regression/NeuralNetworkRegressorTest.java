package sparkprop.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.nn.SavedNetwork;
import sparkprop.testing.Curves;

class NeuralNetworkRegressorTest {
  private static final Dataset<Row> ROWS = Curves.of(600);
  private static final NeuralNetworkRegressionModel MODEL = regressor().fit(ROWS);

  @TempDir private Path directory;

  private static NeuralNetworkRegressor regressor() {
    return new NeuralNetworkRegressor()
        .setHiddenLayers(new int[] {16})
        .setActivation("tanh")
        .setSolver("l-bfgs")
        .setMaxIter(60)
        .setPatience(0)
        .setSeed(4);
  }

  private static double metric(String name, Dataset<Row> scored) {
    return new RegressionEvaluator().setMetricName(name).evaluate(scored);
  }

  @Test
  void learnsACurveInTheLabelsOwnUnit() {
    Dataset<Row> scored = MODEL.transform(ROWS);
    assertThat(metric("r2", scored)).isGreaterThan(0.99);
    assertThat(metric("rmse", scored)).isLessThan(20);
    Row first = scored.head();
    assertThat(MODEL.predict(first.<Vector>getAs("features")))
        .isEqualTo(first.<Double>getAs("prediction"));
  }

  /** Half the squared error of the standardized label, whose variance is 1, to begin with. */
  @Test
  void trainsOnTheStandardizedLabel() {
    NeuralNetworkRegressor mean = regressor().setWeightInit("zeros").setMaxIter(0);
    assertThat(mean.fit(ROWS).summary().objectiveHistory()[0]).isCloseTo(0.5, within(1e-5));
    double average = ROWS.select(functions.avg("label")).head().getDouble(0);
    assertThat(mean.fit(ROWS).predict(Vectors.dense(0.3, 0.1))).isCloseTo(average, within(1e-3));
  }

  /** Whoever standardizes the label by hand gets the same network. */
  @Test
  void standardizingByHandIsTheSame() {
    Row moments = ROWS.select(functions.avg("label"), functions.stddev_pop("label")).head();
    Dataset<Row> standardized =
        ROWS.withColumn(
            "label",
            functions.col("label").minus(moments.getDouble(0)).divide(moments.getDouble(1)));
    NeuralNetworkRegressionModel byHand =
        regressor().setMaxIter(5).setStandardizeTarget(false).fit(standardized);
    NeuralNetworkRegressionModel inside = regressor().setMaxIter(5).fit(ROWS);
    assertThat(inside.summary().objectiveHistory())
        .containsExactly(byHand.summary().objectiveHistory(), within(1e-4));
    for (double x : new double[] {-0.9, 0, 0.4}) {
      Vector features = Vectors.dense(x, -x / 2);
      assertThat(inside.predict(features))
          .isCloseTo(
              byHand.predict(features) * moments.getDouble(1) + moments.getDouble(0), within(1.0));
    }
  }

  @Test
  void standardizingFeaturesAndLabelGoesTogetherAlsoWithoutHiddenLayers() {
    NeuralNetworkRegressionModel linear =
        regressor()
            .setHiddenLayers(new int[0])
            .setStandardization(true)
            .fit(ROWS.withColumn("label", functions.lit(5).plus(functions.col("label"))));
    org.apache.spark.ml.regression.LinearRegressionModel exact =
        new org.apache.spark.ml.regression.LinearRegression()
            .setSolver("normal")
            .fit(ROWS.withColumn("label", functions.lit(5).plus(functions.col("label"))));
    double[] weights = linear.weights().toArray();
    assertThat(Arrays.copyOf(weights, 2))
        .containsExactly(exact.coefficients().toArray(), within(0.1));
    assertThat(weights[2]).isCloseTo(exact.intercept(), within(0.1));
  }

  @Test
  void aLabelThatNeverChangesIsPredictedAsItIs() {
    Dataset<Row> constant = ROWS.withColumn("label", functions.lit(-17.25));
    assertThat(regressor().setMaxIter(3).fit(constant).predict(Vectors.dense(0.1, 0.2)))
        .isEqualTo(-17.25);
  }

  /** Which of 600 labels lie below what is predicted for them. */
  @Test
  void aQuantileHasItsShareBelow() {
    Dataset<Row> noisy =
        ROWS.withColumn("label", functions.col("label").plus(functions.randn(5).multiply(100)));
    for (double q : new double[] {0.1, 0.5, 0.9}) {
      NeuralNetworkRegressionModel model =
          regressor()
              .setSolver("adam")
              .setStepSize(0.01)
              .setMaxIter(40)
              .setLoss("quantile(" + q + ")")
              .fit(noisy);
      double below =
          model.transform(noisy).where("label < prediction").count() / (double) noisy.count();
      assertThat(below).as("quantile %s", q).isCloseTo(q, within(0.06));
    }
  }

  @Test
  void poissonPredictsMeansAndRefusesNegativeLabels() {
    Dataset<Row> counts =
        ROWS.withColumn("label", functions.when(functions.col("validates"), 7).otherwise(2));
    NeuralNetworkRegressionModel mean =
        regressor().setHiddenLayers(new int[0]).setLoss("poisson").fit(counts);
    double average = counts.select(functions.avg("label")).head().getDouble(0);
    assertThat(mean.transform(counts).select(functions.avg("prediction")).head().getDouble(0))
        .isCloseTo(average, within(0.01));
    assertThatThrownBy(
            () ->
                regressor()
                    .setLoss("poisson")
                    .fit(ROWS.withColumn("label", functions.col("label").minus(1100))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Column 'label' holds 290 labels below 0, such as -[\\d.]+ in row 1 of partition 0, but"
                + " loss poisson takes none: use squaredError, or drop such rows.");
  }

  @Test
  void theSummaryHasTheMetricsOfSparksEvaluator() {
    NeuralNetworkRegressionTrainingSummary summary = MODEL.summary();
    Dataset<Row> scored = MODEL.transform(ROWS);
    assertThat(summary.rootMeanSquaredError()).isCloseTo(metric("rmse", scored), within(1e-9));
    assertThat(summary.meanSquaredError()).isCloseTo(metric("mse", scored), within(1e-9));
    assertThat(summary.meanAbsoluteError()).isCloseTo(metric("mae", scored), within(1e-9));
    assertThat(summary.r2()).isCloseTo(metric("r2", scored), within(1e-12));
    assertThat(summary.explainedVariance()).isCloseTo(metric("var", scored), within(1e-6));
    assertThat(summary.numInstances()).isEqualTo(600);
    assertThat(summary.residuals().columns()).containsExactly("residuals");
    assertThat(summary.totalIterations()).isEqualTo(summary.objectiveHistory().length - 1);
    assertThat(summary.batchSize()).isEqualTo(600);
    assertThat(summary.layerNames()).contains("dense1", "output");
    NeuralNetworkRegressionModel weighted =
        regressor().setWeightCol("weight").setMaxIter(3).fit(ROWS);
    assertThat(weighted.summary().meanSquaredError())
        .isCloseTo(
            new RegressionEvaluator()
                .setMetricName("mse")
                .setWeightCol("weight")
                .evaluate(weighted.transform(ROWS)),
            within(1e-6));
    Dataset<Row> more =
        ROWS.union(
            ROWS.withColumn("label", functions.lit(Double.NaN))
                .withColumn("weight", functions.lit(0.0)));
    assertThat(weighted.evaluate(more).meanSquaredError())
        .isCloseTo(weighted.summary().meanSquaredError(), within(1e-9));
    assertThat(weighted.evaluate(ROWS).meanSquaredError())
        .isEqualTo(weighted.summary().meanSquaredError());
  }

  @Test
  void rowsValidateByTheirLossAlone() {
    NeuralNetworkRegressionModel model =
        regressor()
            .setSolver("adam")
            .setStepSize(0.05)
            .setMaxIter(6)
            .setValidationIndicatorCol("validates")
            .fit(ROWS);
    double[] losses = model.summary().validationHistory();
    assertThat(losses).hasSize(6).isNotEqualTo(model.summary().objectiveHistory());
    assertThat(losses[5]).isLessThan(losses[0]);
    assertThat(model.summary().record().validationAccuracies()).isEmpty();
  }

  @Test
  void aSavedModelPredictsTheSameAndKnowsItsHistory() throws IOException {
    String path = directory.resolve("model").toString();
    MODEL.write().save(path);
    NeuralNetworkRegressionModel loaded = NeuralNetworkRegressionModel.load(path);
    assertThat(loaded.transform(ROWS).select("prediction").collectAsList())
        .isEqualTo(MODEL.transform(ROWS).select("prediction").collectAsList());
    assertThat(loaded.summary().objectiveHistory()).isEqualTo(MODEL.summary().objectiveHistory());
    assertThatThrownBy(() -> loaded.summary().r2())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not its training rows");
    assertThat(loaded.evaluate(ROWS).r2()).isEqualTo(MODEL.summary().r2());
    assertThat(loaded.explainParams()).isEqualTo(MODEL.explainParams());
    float[] features = {0.25f, -0.5f};
    assertThat(SavedNetwork.load(path).predict(features))
        .isEqualTo(MODEL.predict(Vectors.dense(0.25, -0.5)));
    assertThat(SavedNetwork.load(path).values(features)).hasSize(1);
    assertThatThrownBy(() -> SavedNetwork.load(path).probabilities(features))
        .hasMessage("A network for regression has no probabilities: ask for its values.");
  }

  @Test
  void aRowWithNanIsPredictedNan() {
    assertThat(MODEL.predict(Vectors.dense(Double.NaN, 1))).isNaN();
    assertThatThrownBy(() -> MODEL.predict(Vectors.dense(1, 2, 3)))
        .hasMessage("The network expects vectors of 2 features, but found one of 3.");
  }

  @Test
  void standardizingALossThatCannotIsRefusedOnlyIfAskedFor() {
    NeuralNetworkRegressor poisson = new NeuralNetworkRegressor().setLoss("poisson");
    poisson.transformSchema(ROWS.schema());
    assertThatThrownBy(
            () ->
                poisson
                    .copy(new ParamMap())
                    .setStandardizeTarget(true)
                    .transformSchema(ROWS.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "standardizeTarget is true, but loss poisson with outputActivation exponential takes"
                + " labels in their own unit only: clear standardizeTarget, or use squaredError"
                + " with identity.");
  }

  @Test
  void isTunedInAPipeline() {
    NeuralNetworkRegressor regressor =
        new NeuralNetworkRegressor().setFeaturesCol("scaled").setMaxIter(4).setPatience(0);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"), regressor
                });
    CrossValidatorModel tuned =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(new RegressionEvaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(
                        regressor.network(),
                        scala.jdk.javaapi.CollectionConverters.asScala(
                            java.util.List.of("dense(4) tanh", "dense(8) relu")))
                    .addGrid(regressor.stepSize(), new double[] {1e-6, 0.05})
                    .build())
            .setNumFolds(2)
            .setParallelism(4)
            .fit(ROWS);
    assertThat(tuned.avgMetrics()).hasSize(4);
    PipelineModel best = (PipelineModel) tuned.bestModel();
    assertThat(((NeuralNetworkRegressionModel) best.stages()[1]).getStepSize()).isEqualTo(0.05);
  }
}
