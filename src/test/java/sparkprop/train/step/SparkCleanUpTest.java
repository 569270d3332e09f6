package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.cluster.JobScope;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.nn.layer.LayerPass;
import sparkprop.testing.Eventually;
import sparkprop.testing.JobWatcher;
import sparkprop.testing.SharedSpark;

/** What training leaves behind on a cluster: nothing. */
@ExtendWith(SharedSpark.class)
class SparkCleanUpTest {
  /** Its broadcast takes more than one piece, by which it is told from those of task binaries. */
  private static final Network LARGE = Samples.network("dense(1700) relu dense(1700) relu");

  private static final float[] LARGE_WEIGHTS = Initialisation.draw(LARGE, "auto", 3);

  /** Rows of a mini-batch that takes too long. */
  private static final int ENDLESS = 1_600_000;

  private static final Moment FIRST = new Moment(1, 0, 0);

  private final JavaSparkContext context;
  private JobWatcher watcher;
  private Properties before;
  private Properties properties;

  SparkCleanUpTest(SparkSession session) {
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @BeforeEach
  void callersProperties() {
    watcher = JobWatcher.of(context.sc());
    before = context.sc().getLocalProperties();
    context.sc().setLocalProperties((Properties) before.clone());
    context.setJobGroup("callers group", "callers description", true);
    context.addJobTag("callers-tag");
    context.setLocalProperty("callers.own", "value");
    properties = (Properties) context.sc().getLocalProperties().clone();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    watcher.close();
    assertThat(context.sc().getLocalProperties()).isEqualTo(properties);
    context.sc().setLocalProperties(before);
    assertThat(context.sc().getPersistentRDDs().size()).isZero();
    Eventually.holds(() -> largeBroadcastBlocks().isEmpty());
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aLargeBroadcastWouldBeSeen() {
    Broadcast<float[]> left = context.broadcast(LARGE_WEIGHTS);
    assertThat(largeBroadcastBlocks()).isNotEmpty();
    left.destroy();
  }

  @Test
  void jobsRunUnderTheCallersPropertiesAndATagAndDescriptionOfTheirOwn() throws Exception {
    LocalData data = new LocalData(Samples.partitions(8, 20, 20), 1, Samples.partitions(8, 10));
    try (SparkPlacement placement = placement(ClusterData.of(context, data), 40)) {
      placement.announce("pass 3 of 100");
      placement.gradient(LARGE_WEIGHTS, FIRST);
      placement.validate(LARGE_WEIGHTS);
    }
    Eventually.holds(() -> watcher.jobs.size() == 2 && watcher.runningJobs.get() == 0);
    assertThat(watcher.jobs)
        .extracting(job -> job.getProperty("spark.job.description"))
        .containsExactly("Stage: pass 3 of 100", "Stage: pass 3 of 100, validation");
    for (Properties job : watcher.jobs) {
      assertThat(job.getProperty("spark.jobGroup.id")).isEqualTo("callers group");
      assertThat(job.getProperty("callers.own")).isEqualTo("value");
      assertThat(job.getProperty("spark.job.tags").split(","))
          .hasSize(2)
          .contains("callers-tag")
          .anyMatch(tag -> tag.startsWith("sparkprop-"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void nothingIsLeftAfterAFailure(int windows) throws Exception {
    LocalData data = new LocalData(Samples.windows(windows, 8, 60, 60), windows, List.of());
    SparkData failing =
        mapped(
            ClusterData.of(context, data),
            () -> {
              if (TaskContext.get().getLocalProperty("fail") != null) {
                throw new IllegalArgumentException("a torn block");
              }
            });
    try (SparkPlacement placement = placement(failing, 10)) {
      placement.gradient(LARGE_WEIGHTS, FIRST);
      if (windows > 1) {
        assertThat(context.sc().getPersistentRDDs().size()).isOne();
      }
      context.setLocalProperty("fail", "yes");
      Throwable failure =
          catchThrowable(
              () -> {
                for (int update = 1; update < 12; update++) {
                  placement.gradient(LARGE_WEIGHTS, new Moment(1, 0, update));
                }
              });
      assertThat(failure).isInstanceOf(SparkException.class).hasMessageContaining("a torn block");
      context.setLocalProperty("fail", null);
    }
    Eventually.holds(() -> watcher.runningJobs.get() == 0 && watcher.runningTasks.get() == 0);
  }

  @Test
  void nothingRunsOnAfterAnInterruptInABlockThatIsNeverRead() throws Exception {
    SparkData stuck =
        mapped(
            ClusterData.of(context, Samples.local(30, 30)),
            () -> {
              while (!TaskContext.get().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    interruptDuringGradient(stuck, () -> watcher.runningTasks.get() == 2);
  }

  /**
   * The slices see for themselves that they are no longer wanted: this would run for a minute or
   * more.
   */
  @Test
  void nothingRunsOnAfterAnInterruptInASlice() throws Exception {
    interruptDuringGradient(endless(), SparkCleanUpTest::aSliceIsComputed);
  }

  private void interruptDuringGradient(SparkData data, BooleanSupplier underWay) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (SparkPlacement placement = placement(data, ENDLESS)) {
      Thread training =
          new Thread(
              () -> {
                thrown.complete(catchThrowable(() -> placement.gradient(LARGE_WEIGHTS, FIRST)));
              });
      training.start();
      Eventually.holds(underWay::getAsBoolean);
      training.interrupt();
      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
    Eventually.holds(() -> watcher.runningJobs.get() == 0 && watcher.runningTasks.get() == 0);
    assertThat(context.statusTracker().getActiveJobIds()).isEmpty();
  }

  @Test
  void anInterruptBeforeTheJobEndsItToo() throws Exception {
    try (SparkPlacement placement = placement(ClusterData.of(context, Samples.local(30, 30)), 10)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> placement.gradient(LARGE_WEIGHTS, FIRST))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    Eventually.holds(() -> watcher.runningJobs.get() == 0 && watcher.runningTasks.get() == 0);
  }

  @Test
  void cancellingTheCallersJobGroupEndsTraining() throws Exception {
    try (SparkPlacement placement = placement(endless(), ENDLESS)) {
      CompletableFuture<Void> cancel =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Eventually.holds(SparkCleanUpTest::aSliceIsComputed);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                context.cancelJobGroup("callers group");
              });
      assertThatThrownBy(() -> placement.gradient(LARGE_WEIGHTS, FIRST))
          .isInstanceOf(SparkException.class)
          .hasMessageContaining("callers group");
      cancel.get();
    }
    Eventually.holds(() -> watcher.runningJobs.get() == 0 && watcher.runningTasks.get() == 0);
  }

  /** Two slices that nobody waits for to the end. */
  private SparkData endless() {
    int rows = ENDLESS / 2;
    return new SparkData(
        context
            .parallelize(List.of(0, 1), 2)
            .flatMap(p -> Samples.blocks((long) p * rows, (p + 1L) * rows, 10_000).iterator()),
        1,
        List.of((long) rows, (long) rows),
        false,
        null);
  }

  /** Its rows are read, and a layer is at work on them. */
  private static boolean aSliceIsComputed() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().startsWith(LayerPass.class.getPackageName()));
  }

  /** Work to do for each partition of blocks before it is read. */
  private interface Before extends java.io.Serializable {
    void run();
  }

  private static SparkData mapped(SparkData data, Before before) {
    return new SparkData(
        data.blocks()
            .mapPartitions(
                blocks -> {
                  before.run();
                  return blocks;
                },
                true),
        data.windows(),
        data.rows(),
        data.sparse(),
        data.validation());
  }

  private SparkPlacement placement(SparkData data, int batchSize) {
    return new SparkPlacement(
        new JobScope(context.sc(), "Stage"), LARGE, data, batchSize, 2, false, 1L << 30);
  }

  private static List<String> largeBroadcastBlocks() {
    Function1<org.apache.spark.storage.BlockId, Object> second =
        block -> block.isBroadcast() && block.name().endsWith("_piece1");
    return CollectionConverters.asJava(
            SparkEnv.get().blockManager().master().getMatchingBlockIds(second, true))
        .stream()
        .map(org.apache.spark.storage.BlockId::name)
        .toList();
  }
}
