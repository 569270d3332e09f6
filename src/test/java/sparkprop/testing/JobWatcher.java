package sparkprop.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Which jobs and tasks run while this is open. */
public final class JobWatcher extends SparkListener implements AutoCloseable {
  public final List<Properties> jobs = Collections.synchronizedList(new ArrayList<>());
  public final AtomicInteger runningJobs = new AtomicInteger();
  public final AtomicInteger runningTasks = new AtomicInteger();
  private final SparkContext context;

  private JobWatcher(SparkContext context) {
    this.context = context;
  }

  /** A watcher that is told from now on. */
  public static JobWatcher of(SparkContext context) {
    JobWatcher watcher = new JobWatcher(context);
    context.addSparkListener(watcher);
    return watcher;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.add(start.properties());
    runningJobs.incrementAndGet();
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    runningJobs.decrementAndGet();
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    runningTasks.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    runningTasks.decrementAndGet();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
