package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Clouds;
import sparkprop.testing.Eventually;
import sparkprop.testing.JobWatcher;
import sparkprop.testing.SharedSpark;

/** Local steps, by the stage. */
class SyncIntervalTest {
  private static final Dataset<Row> ROWS = Clouds.of(600, 3);

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

  /** Ten updates a pass, which is summed up twice. */
  @Test
  void summingUpIsAJobForSoManyUpdates() throws InterruptedException {
    List<Properties> jobs;
    try (JobWatcher watcher = JobWatcher.of(SharedSpark.session().sparkContext())) {
      classifier(5).setMaxIter(3).fit(ROWS);
      Eventually.holds(() -> watcher.runningJobs.get() == 0 && updates(watcher).size() >= 6);
      jobs = updates(watcher);
    }
    assertThat(jobs)
        .extracting(job -> job.getProperty("spark.job.description").replaceFirst(".*: ", ""))
        .containsExactly(
            "pass 1 of 3",
            "pass 1 of 3",
            "pass 2 of 3",
            "pass 2 of 3",
            "pass 3 of 3",
            "pass 3 of 3");
  }

  private static List<Properties> updates(JobWatcher watcher) {
    return List.copyOf(watcher.jobs).stream()
        .filter(
            job ->
                String.valueOf(job.getProperty("spark.job.description"))
                    .matches(".*: pass \\d of \\d"))
        .toList();
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
