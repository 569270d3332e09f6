package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Clouds;
import sparkprop.testing.SharedSpark;
import sparkprop.testing.StoredBroadcasts;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * However {@code fit} ends, nothing of it stays in the cluster, and the caller's settings stand.
 */
class FitCleanUpTest {
  private static final Dataset<Row> ROWS = Clouds.of(60, 3);

  private final SparkContext context = SharedSpark.session().sparkContext();
  private final Set<String> broadcastsBefore = ourBroadcasts();
  private final Set<Integer> persistedBefore = persisted();
  private Properties callers;

  private Set<Integer> persisted() {
    return Set.copyOf(JavaSparkContext.fromSparkContext(context).getPersistentRDDs().keySet());
  }

  /** Of those there were, some may go meanwhile: Spark forgets an RDD that nobody holds. */
  private Set<Integer> newlyPersisted() {
    Set<Integer> found = new TreeSet<>(persisted());
    found.removeAll(persistedBefore);
    return found;
  }

  /** Those that hold weights or a class of ours; Spark's own go when its cleaner finds them. */
  private static Set<String> ourBroadcasts() {
    return StoredBroadcasts.of(value -> value instanceof float[] || StoredBroadcasts.isOurs(value));
  }

  /** Of those there were, some may go meanwhile, with models of other tests that nobody holds. */
  private Set<String> newBroadcasts() {
    Set<String> found = ourBroadcasts();
    found.removeAll(broadcastsBefore);
    return found;
  }

  @BeforeEach
  void settings() {
    context.setJobGroup("callers group", "callers description", false);
    context.setLocalProperty("callers.property", "kept");
    callers = (Properties) context.getLocalProperties().clone();
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    assertThat(newlyPersisted()).isEmpty();
    // Spark destroys a broadcast by a message.
    for (int i = 0; i < 100 && !newBroadcasts().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(newBroadcasts()).isEmpty();
    assertThat(context.getLocalProperties()).isEqualTo(callers);
    context.clearJobGroup();
    context.setLocalProperty("callers.property", null);
  }

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier()
        .setBatchSize(20)
        .setMaxIter(2)
        .setValidationIndicatorCol("validates");
  }

  @Test
  void afterAFitThatSucceeds() {
    assertThat(classifier().fit(ROWS).hasSummary()).isTrue();
  }

  @Test
  void afterAFitThatFailsInTraining() {
    assertThatThrownBy(() -> classifier().setSolver("sgd").setStepSize(1e30).fit(ROWS))
        .hasMessageStartingWith("The loss became");
  }

  @Test
  void afterAFitThatIsInterrupted() {
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void onPass(PassReport report) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> classifier().addListener(interrupting).fit(ROWS))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void afterAFitWhoseNetworkDoesNotFitTheBatches() {
    assertThatThrownBy(
            () ->
                classifier()
                    .setNetwork("dense(3) batchNorm relu")
                    .setBatchSize(3)
                    .setNumPartitions(2)
                    .fit(ROWS))
        .hasMessageStartingWith("batchNorm needs at least two rows");
  }

  /** The test would see what it looks for. */
  @Test
  void aBroadcastOfWeightsIsSeen() {
    var left = JavaSparkContext.fromSparkContext(context).broadcast(new float[10]);
    assertThat(newBroadcasts()).hasSize(1);
    left.destroy();
  }

  /** The test would see what it looks for. */
  @Test
  void aPersistedRddIsSeen() {
    var left = JavaSparkContext.fromSparkContext(context).parallelize(List.of(1, 2)).cache();
    assertThat(newlyPersisted()).containsExactly(left.id());
    left.unpersist();
  }
}
