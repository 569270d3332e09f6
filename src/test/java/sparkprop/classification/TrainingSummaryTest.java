package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.classification.ClassificationSummary;
import org.apache.spark.ml.classification.TrainingSummary;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.Clouds;

class TrainingSummaryTest {
  private static final Dataset<Row> ROWS = Clouds.of(60, 3);
  private static final NeuralNetworkClassificationModel MODEL =
      new NeuralNetworkClassifier()
          .setValidationIndicatorCol("validates")
          .setWeightCol("weight")
          .setBatchSize(20)
          .setMaxIter(3)
          .setNumPartitions(2)
          .fit(ROWS);

  @Test
  void tellsHowTrainingWent() {
    NeuralNetworkClassificationTrainingSummary summary = MODEL.summary();
    assertThat(MODEL.hasSummary()).isTrue();
    assertThat(summary.objectiveHistory()).hasSize(4);
    assertThat(summary.totalIterations()).isEqualTo(3);
    assertThat(summary.validationHistory()).hasSize(3);
    assertThat(summary.validationAccuracyHistory()).hasSize(3);
    assertThat(summary.layerNames()).containsExactly("dense1", "relu1", "output");
    for (double[] norms : summary.gradientNormHistory()) {
      assertThat(norms[0]).isPositive().isFinite();
      assertThat(norms[1]).isNaN();
      assertThat(norms[2]).isPositive().isFinite();
    }
    assertThat(summary.weightNormHistory()).hasDimensions(3, 3);
    assertThat(summary.silentShareHistory()).hasDimensions(3, 3);
    for (double[] shares : summary.silentShareHistory()) {
      assertThat(shares[0]).isNaN();
      assertThat(shares[1]).isBetween(0.0, 0.9);
    }
    assertThat(summary.bestIteration()).isBetween(1, 3);
    assertThat(summary.stopReason()).isEqualTo("maxIter passes were made");
    assertThat(summary.samplesPerSecond()).isPositive();
    assertThat(summary.batchSize()).isEqualTo(20);
    assertThat(summary.numPartitions()).isEqualTo(2);
    assertThat(summary.windows()).isEqualTo(1);
    assertThat(summary.windowRows()).isEqualTo(24);
  }

  @Test
  void hasSparksMetricsOnAllRows() {
    NeuralNetworkClassificationTrainingSummary summary = MODEL.summary();
    assertThat(summary)
        .isInstanceOf(TrainingSummary.class)
        .isInstanceOf(ClassificationSummary.class);
    assertThat(summary.predictions().count()).isEqualTo(60);
    assertThat(summary.predictions().columns())
        .contains("rawPrediction", "probability", "prediction");
    assertThat(summary.weightCol()).isEqualTo("weight");
    Row sums =
        MODEL
            .transform(ROWS)
            .selectExpr("sum(if(prediction = label, weight, 0)) / sum(weight)")
            .first();
    assertThat(summary.accuracy())
        .isCloseTo(sums.getDouble(0), org.assertj.core.data.Offset.offset(1e-12));
    assertThat(summary.labels()).containsExactly(0, 1, 2);
  }

  private static void assertSameMetrics(NeuralNetworkClassificationModel changed) {
    NeuralNetworkClassificationTrainingSummary summary = changed.summary();
    NeuralNetworkClassificationTrainingSummary expected = MODEL.summary();
    assertThat(summary.accuracy()).isEqualTo(expected.accuracy());
    assertThat(summary.weightedFMeasure()).isEqualTo(expected.weightedFMeasure());
    assertThat(summary.objectiveHistory()).containsExactly(expected.objectiveHistory());
    assertThat(summary.predictions().columns()).isEqualTo(expected.predictions().columns());
    assertThat(summary.labelCol()).isEqualTo("label");
    assertThat(summary.weightCol()).isEqualTo("weight");
  }

  /** As Spark's own summaries, which score when fit ends. */
  @Test
  void doesNotFollowWhatIsSetOnTheModelLater() {
    NeuralNetworkClassificationModel changed = MODEL.copy(new ParamMap());
    changed
        .setFeaturesCol("elsewhere")
        .setPredictionCol("p")
        .setThresholds(new double[] {1e9, 1, 1});
    changed.set(changed.labelCol(), "other").set(changed.weightCol(), "");
    assertSameMetrics(changed);
    assertSameMetrics(changed.copy(new ParamMap()));
    assertSameMetrics(MODEL.copy(new ParamMap().put(MODEL.featuresCol().w("elsewhere"))));
    // Rows that are given again are scored as at the time of fit, too.
    changed.loadSummary("", ROWS);
    assertSameMetrics(changed);
  }

  @Test
  void needsNoPredictionColumnOfTheModels() {
    NeuralNetworkClassificationModel silent =
        new NeuralNetworkClassifier()
            .setPredictionCol("")
            .setProbabilityCol("")
            .setRawPredictionCol("")
            .setMaxIter(1)
            .fit(ROWS);
    assertThat(silent.transform(ROWS).columns()).isEqualTo(ROWS.columns());
    assertThat(silent.summary().accuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void theCourseSurvivesSavingAndTheRowsDoNot(@TempDir Path directory) throws Exception {
    String path = directory.resolve("model").toString();
    MODEL.save(path);
    NeuralNetworkClassificationModel loaded = NeuralNetworkClassificationModel.load(path);
    NeuralNetworkClassificationTrainingSummary summary = loaded.summary();
    NeuralNetworkClassificationTrainingSummary original = MODEL.summary();
    assertThat(loaded.hasSummary()).isTrue();
    assertThat(summary.objectiveHistory()).containsExactly(original.objectiveHistory());
    assertThat(summary.validationHistory()).containsExactly(original.validationHistory());
    assertThat(summary.layerNames()).isEqualTo(original.layerNames());
    assertThat(Arrays.deepToString(summary.gradientNormHistory()))
        .isEqualTo(Arrays.deepToString(original.gradientNormHistory()));
    assertThat(Arrays.deepToString(summary.weightNormHistory()))
        .isEqualTo(Arrays.deepToString(original.weightNormHistory()));
    assertThat(Arrays.deepToString(summary.silentShareHistory()))
        .isEqualTo(Arrays.deepToString(original.silentShareHistory()));
    assertThat(summary.totalIterations()).isEqualTo(3);
    assertThat(summary.bestIteration()).isEqualTo(original.bestIteration());
    assertThat(summary.stopReason()).isEqualTo(original.stopReason());
    assertThat(summary.samplesPerSecond()).isEqualTo(original.samplesPerSecond());
    assertThat(summary.windowRows()).isEqualTo(24);
    String gone =
        "A loaded model keeps its training history but not its training rows, so it has no"
            + " predictions or metrics of them: call transform and an evaluator.";
    assertThatThrownBy(summary::predictions)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(gone);
    assertThatThrownBy(summary::accuracy)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(gone);
    assertThatThrownBy(summary::weightedFMeasure).hasMessage(gone);
  }

  /** What Spark Connect does with a model that it puts away and takes out again. */
  @Test
  void comesBackWithItsRows(@TempDir Path directory) throws Exception {
    String path = directory.resolve("model").toString();
    String summaryPath = directory.resolve("model/summary").toString();
    MODEL.write().saveToLocal(path);
    MODEL.saveSummary(summaryPath);
    assertThat(Path.of(summaryPath)).isRegularFile();
    NeuralNetworkClassificationModel back =
        NeuralNetworkClassificationModel.read().loadFromLocal(path);
    assertThat(back.hasSummary()).isFalse(); // or the server would not give it its rows
    back.loadSummary(summaryPath, ROWS);
    assertThat(back.hasSummary()).isTrue();
    assertThat(back.summary().accuracy()).isEqualTo(MODEL.summary().accuracy());
    assertThat(back.summary().objectiveHistory())
        .containsExactly(MODEL.summary().objectiveHistory());
  }

  @Test
  void belongsToItsModel() {
    assertThatThrownBy(() -> MODEL.setSummary(scala.Option.empty()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(new NeuralNetworkClassifier().setMaxIter(0).fit(ROWS).summary().batchSize())
        .isEqualTo(32);
  }
}
