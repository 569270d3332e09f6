package sparkprop.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;

/** What happens on a cluster while this is open: tasks, and blocks of RDDs that are stored. */
public final class ClusterEvents extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final List<Awaited> starts = new CopyOnWriteArrayList<>();
  private final List<Awaited> ends = new CopyOnWriteArrayList<>();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger speculative = new AtomicInteger();
  private final AtomicInteger stored = new AtomicInteger();

  private record Awaited(Predicate<TaskInfo> task, Runnable work) {}

  private ClusterEvents(SparkContext context) {
    this.context = context;
  }

  /** Of this context's cluster, from now on. */
  public static ClusterEvents of(SparkContext context) {
    ClusterEvents events = new ClusterEvents(context);
    context.addSparkListener(events);
    return events;
  }

  /**
   * Does something when such a task has been launched, the first from now on; on the thread that
   * brings Spark's events, a little late.
   */
  public void atNextStart(Predicate<TaskInfo> such, Runnable work) {
    starts.add(new Awaited(launchedFromNowOn().and(such), work));
  }

  /** Does something when a task has ended that is launched from now on; likewise. */
  public void atNextEnd(Runnable work) {
    ends.add(new Awaited(launchedFromNowOn(), work));
  }

  private static Predicate<TaskInfo> launchedFromNowOn() {
    long now = System.currentTimeMillis();
    return task -> task.launchTime() > now;
  }

  /** How many tasks were a second attempt beside a first that still ran. */
  public int speculativeTasks() {
    return speculative.get();
  }

  /** Whether a task that has started has not ended. */
  public boolean anyTaskRuns() {
    return !running.isEmpty();
  }

  /** How often a block of an RDD was stored. */
  public int blocksStored() {
    return stored.get();
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    TaskInfo task = start.taskInfo();
    running.add(task.taskId());
    if (task.speculative()) {
      speculative.incrementAndGet();
    }
    act(starts, task);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    act(ends, end.taskInfo());
  }

  private static void act(List<Awaited> awaited, TaskInfo task) {
    List<Awaited> due = awaited.stream().filter(one -> one.task.test(task)).toList();
    awaited.removeAll(due);
    due.forEach(one -> one.work.run());
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    if (update.blockUpdatedInfo().blockId().isRDD()
        && update.blockUpdatedInfo().storageLevel().isValid()) {
      stored.incrementAndGet();
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
