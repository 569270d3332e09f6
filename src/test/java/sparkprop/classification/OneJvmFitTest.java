package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.testing.Clouds;
import sparkprop.testing.Eventually;
import sparkprop.testing.SharedSpark;
import sparkprop.train.step.Placements;

/** Many updates in one Spark job, where driver and executor are one JVM. */
class OneJvmFitTest {
  /** A job that never ends by itself runs in this JVM as long as this is true. */
  private static final AtomicBoolean COMPETING = new AtomicBoolean();

  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private final SparkContext context = SharedSpark.session().sparkContext();

  @AfterEach
  void theUsersSettingStands() {
    context.conf().remove(Placements.SETTING);
    COMPETING.set(false);
  }

  private NeuralNetworkClassificationModel fit(String placement, NeuralNetworkClassifier how) {
    context.conf().set(Placements.SETTING, placement);
    return how.fit(Clouds.of(403, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void bothWaysGiveTheSameBits(int partitions) {
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier()
            .setNetwork("dense(120) batchNorm relu dropout(0.2) dense(100) tanh")
            .setNumPartitions(partitions)
            .setBatchSize(100)
            .setRegParam(0.01)
            .setElasticNetParam(0.3)
            .setMaxGradientNorm(0.3)
            .setStepSizeSchedule("cosine(warmup=1)")
            .setWeightCol("weight")
            .setValidationIndicatorCol("validates")
            .setMaxIter(3);
    NeuralNetworkClassificationModel jobs = fit("jobs", classifier);
    NeuralNetworkClassificationModel jvm = fit("jvm", classifier);
    assertThat(jvm.weights()).isEqualTo(jobs.weights());
    assertThat(jvm.summary().objectiveHistory()).isEqualTo(jobs.summary().objectiveHistory());
    assertThat(jvm.summary().validationHistory()).isEqualTo(jobs.summary().validationHistory());
    assertThat(Arrays.deepToString(jvm.summary().gradientNormHistory()))
        .isEqualTo(Arrays.deepToString(jobs.summary().gradientNormHistory()));
  }

  @Test
  void aPassIsOneJobWhereItCanBe() {
    Dataset<Row> rows = Clouds.of(400, 3);
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier().setBatchSize(10).setMaxIter(4).setPatience(0);
    int auto = jobs(() -> classifier.fit(rows));
    context.conf().set(Placements.SETTING, "jobs");
    int oneAnUpdate = jobs(() -> classifier.fit(rows));
    // 40 updates in each of four passes, or a job for each pass; and where updates are jobs, one is
    // timed first, with its rows and without, twice.
    assertThat(oneAnUpdate - auto).isEqualTo(4 * 40 - 4 + 4);
  }

  private int jobs(Runnable work) {
    String tag = "count-" + System.nanoTime();
    context.addJobTag(tag);
    try {
      work.run();
    } finally {
      context.removeJobTag(tag);
    }
    return context.statusTracker().getJobIdsForTag(tag).length;
  }

  @Test
  void aPlacementThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> fit("gpu", new NeuralNetworkClassifier()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spark.sparkprop.placement is 'gpu', but must be auto, jobs or jvm.");
  }

  /** More partitions than slots, and half of the slots in other hands. */
  @Test
  @Timeout(120)
  void parallelFitsEndBesideAJobThatHoldsASlot() throws Exception {
    CompletableFuture<Void> competitor = competing();
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier().setNumPartitions(8).setBatchSize(64).setMaxIter(3);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                classifier.network(),
                CollectionConverters.asScala(List.of("dense(4) relu", "dense(9) tanh")))
            .build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(4);
    CrossValidatorModel first = validator.fit(Clouds.of(300, 3));
    CrossValidatorModel second = validator.fit(Clouds.of(300, 3));
    assertThat(competitor).isNotDone();
    COMPETING.set(false);
    competitor.get(60, TimeUnit.SECONDS);
    assertThat(first.avgMetrics()).isEqualTo(second.avgMetrics());
    assertThat(((NeuralNetworkClassificationModel) first.bestModel()).weights())
        .isEqualTo(((NeuralNetworkClassificationModel) second.bestModel()).weights());
  }

  private CompletableFuture<Void> competing() throws InterruptedException {
    COMPETING.set(true);
    STARTED.set(false);
    CompletableFuture<Void> job =
        CompletableFuture.runAsync(
            () ->
                JavaSparkContext.fromSparkContext(context)
                    .parallelize(List.of(1), 1)
                    .foreach(
                        one -> {
                          STARTED.set(true);
                          while (COMPETING.get()) {
                            Thread.sleep(5);
                          }
                        }));
    Eventually.holds(STARTED::get);
    return job;
  }

  @Test
  void cancellingEndsAPassInTheMiddle() throws Exception {
    String group = "to be cancelled";
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread fit =
        new Thread(
            () -> {
              context.setJobGroup(group, "a fit", false);
              thrown.complete(
                  catchThrowable(
                      () ->
                          new NeuralNetworkClassifier()
                              .setHiddenLayers(new int[] {2000, 2000})
                              .setBatchSize(8)
                              .setMaxIter(1)
                              .fit(Clouds.of(20_000, 3))));
            });
    fit.start();
    Eventually.holds(OneJvmFitTest::aSliceIsComputed);
    long start = System.nanoTime();
    context.cancelJobGroup(group);
    assertThat(thrown.get(20, TimeUnit.SECONDS)).hasMessageContaining(group);
    // The pass would take minutes.
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    Eventually.holds(() -> !aSliceIsComputed());
  }

  private static boolean aSliceIsComputed() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("Executor task"))
        .flatMap(thread -> java.util.Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().startsWith("sparkprop.nn.layer"));
  }
}
