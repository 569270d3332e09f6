package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Clouds;

/** Local steps, by the stage. */
class SyncIntervalTest {
  private static final Dataset<Row> ROWS = Clouds.of(600, 3).cache();

  private static NeuralNetworkClassifier classifier(int syncInterval) {
    return new NeuralNetworkClassifier()
        .setNetwork("dense(8) batchNorm relu dropout(0.1)")
        .setStepSize(0.01)
        .setBatchSize(50)
        .setNumPartitions(4)
        .setValidationIndicatorCol("validates")
        .setMaxIter(8)
        .setSyncInterval(syncInterval);
  }

  @Test
  void learnsAsWellInFewerJobsAndTheSameBitsEachTime() {
    NeuralNetworkClassificationModel averaged = classifier(5).fit(ROWS);
    assertThat(averaged.summary().accuracy()).isGreaterThan(0.95);
    assertThat(classifier(5).fit(ROWS).weights()).isEqualTo(averaged.weights());
    assertThat(classifier(1).fit(ROWS).weights()).isNotEqualTo(averaged.weights());
    assertThat(averaged.summary().objectiveHistory()[0])
        .isCloseTo(
            classifier(1).fit(ROWS).summary().objectiveHistory()[0],
            org.assertj.core.api.Assertions.within(1e-6));
  }
}
