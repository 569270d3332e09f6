package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.testing.Eventually;
import sparkprop.testing.SharedSpark;
import sparkprop.testing.StoredBroadcasts;

/** A fit that is interrupted while it reads its input leaves nothing running and nothing stored. */
@ExtendWith(SharedSpark.class)
class StoppedReadingTest {
  private static final int ROWS = 40;
  private static final long PLENTY = 1L << 40;

  /** Rows read, by tasks in this JVM, before one takes its time. */
  private static final AtomicInteger QUICK = new AtomicInteger();

  private static final AtomicInteger SLOW = new AtomicInteger();

  private final SparkContext context;
  private final SparkSession session;

  StoppedReadingTest(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
  }

  /**
   * Two partitions whose rows come quickly, {@code quick} in all, and then one in a millisecond.
   */
  private Dataset<Row> slowing(int quick) {
    QUICK.set(quick);
    SLOW.set(0);
    JavaRDD<Row> rows =
        Frames.rdd(session, List.of(Frames.count(0, ROWS), Frames.count(ROWS, ROWS)))
            .flatMap(row -> java.util.Collections.nCopies(1000, row).iterator())
            .map(
                row -> {
                  if (QUICK.getAndDecrement() <= 0) {
                    SLOW.incrementAndGet();
                    Thread.sleep(1);
                  }
                  return row;
                });
    return session.createDataFrame(rows, Frames.SCHEMA);
  }

  @ParameterizedTest(name = "after {0} readings")
  @ValueSource(ints = {0, 1})
  void anInterruptEndsTheTasksThatRead(int readings) throws Exception {
    Set<String> before = stored();
    Dataset<Row> input = slowing(readings * 2 * ROWS * 1000);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread fit =
        new Thread(
            () ->
                thrown.complete(
                    catchThrowable(
                        () -> {
                          PlannedInput planned =
                              Frames.planned(input, Frames.PLAIN, ValidationDraw.NONE);
                          DataSummary summary = planned.scan();
                          TrainingData.materialise(
                              planned,
                              summary,
                              Partitioning.resolve(2, summary.trainingRowsByPartition(), 2, 1),
                              BlockFormat.of(summary, false, false, 0.001),
                              PLENTY,
                              OptionalInt.empty(),
                              1);
                        })));
    fit.start();
    Eventually.holds(() -> SLOW.get() > 20);
    fit.interrupt();
    assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    int read = SLOW.get();
    assertThat(read).isLessThan(ROWS * 1000);
    Thread.sleep(100);
    assertThat(SLOW.get()).as("rows read after fit ended").isEqualTo(read);
    Eventually.holds(() -> stored().equals(before));
    assertThat(context.getPersistentRDDs().size()).isZero();
  }

  @Test
  void whatATaskStoresIsSeen() {
    Set<String> before = stored();
    JavaRDD<Row> kept = Frames.rdd(session, List.of(Frames.count(0, 3))).cache();
    assertThat(kept.count()).isEqualTo(3);
    assertThat(stored()).isNotEqualTo(before);
    kept.unpersist(true);
    assertThat(TaskContext.get()).isNull();
  }

  /** Blocks of RDDs, and broadcasts of what our tasks read. */
  private static Set<String> stored() {
    Function1<BlockId, Object> rdds = BlockId::isRDD;
    Set<String> found = new TreeSet<>(StoredBroadcasts.of(StoredBroadcasts::isOurs));
    for (BlockId id :
        CollectionConverters.asJava(SparkEnv.get().blockManager().getMatchingBlockIds(rdds))) {
      found.add(id.name());
    }
    return found;
  }
}
