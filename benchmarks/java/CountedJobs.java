import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs of a context that are of a kind. */
final class CountedJobs extends SparkListener implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  private final SparkContext context;
  private final Predicate<SparkListenerJobStart> kind;
  private final AtomicInteger count = new AtomicInteger();

  CountedJobs(SparkContext context, Predicate<SparkListenerJobStart> kind) {
    this.context = context;
    this.kind = kind;
    context.addSparkListener(this);
  }

  /** Jobs whose last stage is called so, as in "treeAggregate at LBFGS.scala:255". */
  static Predicate<SparkListenerJobStart> ofStage(String name) {
    return start -> start.stageInfos().exists(stage -> stage.name().startsWith(name));
  }

  /** Jobs whose description has this in it. */
  static Predicate<SparkListenerJobStart> described(String part) {
    return start -> {
      String description = start.properties().getProperty("spark.job.description");
      return description != null && description.contains(part);
    };
  }

  /** How many there were so far. */
  int count() throws TimeoutException {
    context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    return count.get();
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    if (kind.test(start)) {
      count.incrementAndGet();
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
