package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Digits;
import sparkprop.testing.SharedSpark;

/** Real handwritten digits, on one fixed split: what a user would see, not what one seed allows. */
class DigitsTest {
  private static Dataset<Row> train;
  private static Dataset<Row> test;

  @BeforeAll
  static void split() {
    Dataset<Row>[] split =
        Digits.read(SharedSpark.session()).randomSplit(new double[] {0.8, 0.2}, 1797);
    train = split[0].coalesce(1);
    test = split[1].coalesce(1);
  }

  /** scikit-learn's mean over ten splits on this recipe is 0.971. */
  @Test
  void fiveSeedsReachOnAverageWhatScikitLearnReaches() {
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("features")
            .setOutputCol("scaled")
            .setWithMean(true)
            .setWithStd(true);
    PCA pca = new PCA().setInputCol("scaled").setOutputCol("components").setK(40);
    PipelineModel features = new Pipeline().setStages(new PipelineStage[] {scaler, pca}).fit(train);
    Dataset<Row> reducedTrain = features.transform(train).cache();
    Dataset<Row> reducedTest = features.transform(test).cache();
    double mean =
        LongStream.rangeClosed(1, 5)
            .mapToDouble(
                seed ->
                    accuracy(
                        new NeuralNetworkClassifier()
                            .setFeaturesCol("components")
                            .setHiddenLayers(new int[] {64})
                            .setBatchSize(64)
                            .setStepSize(0.003)
                            .setMaxIter(30)
                            .setSeed(seed)
                            .fit(reducedTrain),
                        reducedTest))
            .average()
            .orElseThrow();
    reducedTrain.unpersist();
    reducedTest.unpersist();
    assertThat(mean).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void rawDigitsNeedNoParams() {
    assertThat(accuracy(new NeuralNetworkClassifier().fit(train), test))
        .isGreaterThanOrEqualTo(0.95);
  }

  private static double accuracy(NeuralNetworkClassificationModel model, Dataset<Row> rows) {
    return new MulticlassClassificationEvaluator()
        .setMetricName("accuracy")
        .evaluate(model.transform(rows));
  }
}
