package sparkprop.company;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.params.TrainingSetters;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.stage.NetworkModel;
import sparkprop.testing.Clouds;
import sparkprop.testing.Curves;

/**
 * Spark's tuners with four fits at a time, each in more partitions than there are slots, of which
 * somebody else holds one: they end, and a second run gives the same bits. (The classifier under a
 * bare CrossValidator is in {@code OneJvmFitTest}.)
 */
@Timeout(120)
class TuningTest {
  private static final Dataset<Row> CLOUDS = Clouds.of(200, 3);
  private static final Dataset<Row> CURVES = Curves.of(200);

  private CompetingJob competitor;

  @BeforeEach
  void compete() throws InterruptedException {
    competitor = CompetingJob.start();
  }

  @AfterEach
  void giveTheSlotBack() {
    boolean held = competitor.holds();
    competitor.close();
    assertThat(held).isTrue();
  }

  private static <S extends TrainingSetters<S>> S small(S stage) {
    return stage.setNumPartitions(8).setBatchSize(64).setMaxIter(2);
  }

  /** Two architectures, as texts. */
  private static ParamMap[] architectures(TrainingSetters<?> stage) {
    return new ParamGridBuilder()
        .addGrid(
            stage.network(),
            CollectionConverters.asScala(List.of("dense(4) relu", "dense(6) tanh dense(3) tanh")))
        .build();
  }

  private static double[] weights(Model<?> best) {
    Model<?> network =
        best instanceof PipelineModel pipeline
            ? (Model<?>) pipeline.stages()[pipeline.stages().length - 1]
            : best;
    return ((NetworkModel) network).weights().toArray();
  }

  private static Pipeline scaledBefore(PipelineStage stage) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StandardScaler().setInputCol("features").setOutputCol("scaled"), stage
            });
  }

  private static void assertRepeats(CrossValidator validator, Dataset<Row> rows) {
    validator.setNumFolds(2).setParallelism(4).setSeed(5);
    CrossValidatorModel first = validator.fit(rows);
    CrossValidatorModel second = validator.fit(rows);
    assertThat(second.avgMetrics()).isEqualTo(first.avgMetrics()).doesNotHaveDuplicates();
    assertThat(weights(second.bestModel())).isEqualTo(weights(first.bestModel()));
  }

  private static void assertRepeats(TrainValidationSplit split, Dataset<Row> rows) {
    split.setParallelism(4).setSeed(5);
    TrainValidationSplitModel first = split.fit(rows);
    TrainValidationSplitModel second = split.fit(rows);
    assertThat(second.validationMetrics())
        .isEqualTo(first.validationMetrics())
        .doesNotHaveDuplicates();
    assertThat(weights(second.bestModel())).isEqualTo(weights(first.bestModel()));
  }

  @Test
  void aClassifierInAPipelineByASplit() {
    NeuralNetworkClassifier classifier =
        small(new NeuralNetworkClassifier().setFeaturesCol("scaled"));
    assertRepeats(
        new TrainValidationSplit()
            .setEstimator(scaledBefore(classifier))
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
            .setEstimatorParamMaps(architectures(classifier)),
        CLOUDS);
  }

  @Test
  void aRegressorInAPipelineByCrossValidation() {
    NeuralNetworkRegressor regressor = small(new NeuralNetworkRegressor().setFeaturesCol("scaled"));
    assertRepeats(
        new CrossValidator()
            .setEstimator(scaledBefore(regressor))
            .setEvaluator(new RegressionEvaluator())
            .setEstimatorParamMaps(architectures(regressor)),
        CURVES);
  }
}
