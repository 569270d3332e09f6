package sparkprop.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.cluster.JobScope;
import sparkprop.testing.ClusterEvents;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;
import sparkprop.testing.LogLines;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingPlan;

/** A fit on a cluster ends when its job group is cancelled, and its tasks with it. */
@ExtendWith(LocalCluster.class)
class CancelledFitIT {
  private static final String GROUP = "to be cancelled";

  private final SparkSession session;
  private final SparkContext context;

  CancelledFitIT(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    context.clearJobGroup();
    Leftovers.areNone(context);
  }

  /** Of one update, which takes seconds, where the whole fit would take many minutes. */
  @Test
  void cancellingItsJobGroupEndsAFitInMidUpdate() throws Exception {
    CompletableFuture<Long> cancelled = new CompletableFuture<>();
    Executor aMomentLater = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    try (ClusterEvents events = ClusterEvents.of(context);
        LogLines lines = LogLines.of(JobScope.class)) {
      NeuralNetworkClassifier classifier =
          new NeuralNetworkClassifier()
              .setHiddenLayers(new int[] {2000, 2000})
              .setBatchSize(ROWS)
              .setNumPartitions(LocalCluster.EXECUTORS)
              .addListener(
                  new TrainingListener() {
                    @Override
                    public void onStart(TrainingPlan plan) {
                      events.atNextStart(
                          task -> true,
                          () ->
                              aMomentLater.execute(
                                  () -> {
                                    cancelled.complete(System.nanoTime());
                                    context.cancelJobGroup(GROUP);
                                  }));
                    }
                  });
      context.setJobGroup(GROUP, "a fit", false);
      Throwable thrown = catchThrowable(() -> classifier.fit(rows()));
      long nanos = System.nanoTime() - cancelled.get(1, TimeUnit.SECONDS);
      assertThat(thrown).isInstanceOf(SparkException.class).hasMessageContaining(GROUP);
      assertThat(nanos).isLessThan(TimeUnit.SECONDS.toNanos(10));
      assertThat(events.anyTaskRuns()).isFalse();
      assertThat(lines.at("WARN")).isEmpty();
    }
  }

  private static final int ROWS = 30_000;

  private Dataset<Row> rows() {
    return session
        .range(0, ROWS, 1, LocalCluster.EXECUTORS)
        .select(
            array_to_vector(array(sin(col("id")), sin(col("id").multiply(2)))).as("features"),
            col("id").mod(3).cast("double").as("label"));
  }
}
