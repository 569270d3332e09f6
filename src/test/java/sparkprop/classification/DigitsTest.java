package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Digits;
import sparkprop.testing.Effort;
import sparkprop.testing.LogLines;
import sparkprop.testing.SharedSpark;
import sparkprop.train.Trainer;

/** Real handwritten digits, on fixed splits: what a user would see, not what one seed allows. */
class DigitsTest {
  private static final int SPLITS = Effort.of(1, 10);
  private static final int SEEDS_A_SPLIT = Effort.of(5, 2);

  /** A part to train on and a part to test on. */
  private record Split(Dataset<Row> train, Dataset<Row> test) {
    static Split number(int i) {
      Dataset<Row>[] parts =
          Digits.read(SharedSpark.session()).randomSplit(new double[] {0.8, 0.2}, 1797 + i);
      return new Split(parts[0].coalesce(1), parts[1].coalesce(1));
    }
  }

  /** scikit-learn's mean over ten splits on this recipe is 0.971. */
  @Test
  void reachesOnAverageWhatScikitLearnReaches() {
    double mean =
        IntStream.range(0, SPLITS)
            .mapToDouble(i -> meanOverSeeds(Split.number(i)))
            .average()
            .orElseThrow();
    assertThat(mean).isGreaterThanOrEqualTo(0.97);
  }

  private static double meanOverSeeds(Split split) {
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("features")
            .setOutputCol("scaled")
            .setWithMean(true)
            .setWithStd(true);
    PCA pca = new PCA().setInputCol("scaled").setOutputCol("components").setK(40);
    PipelineModel features =
        new Pipeline().setStages(new PipelineStage[] {scaler, pca}).fit(split.train);
    Dataset<Row> train = features.transform(split.train).cache();
    Dataset<Row> test = features.transform(split.test).cache();
    double mean =
        LongStream.rangeClosed(1, SEEDS_A_SPLIT)
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
                            .fit(train),
                        test))
            .average()
            .orElseThrow();
    train.unpersist();
    test.unpersist();
    return mean;
  }

  @Test
  void rawDigitsNeedNoParams() {
    Split split = Split.number(0);
    try (LogLines log = LogLines.of(Trainer.class)) {
      assertThat(accuracy(new NeuralNetworkClassifier().fit(split.train), split.test))
          .isGreaterThanOrEqualTo(0.95);
      assertThat(log.at("WARN")).isEmpty();
    }
  }

  private static double accuracy(NeuralNetworkClassificationModel model, Dataset<Row> rows) {
    return new MulticlassClassificationEvaluator()
        .setMetricName("accuracy")
        .evaluate(model.transform(rows));
  }
}
