package sparkprop.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Knows the jobs of a tag that run, and their tasks, which may outlive a job that was cancelled.
 * Spark's status tracker knows the same, but up to a tenth of a second late.
 */
final class RunningTasks extends SparkListener {
  /** Where Spark puts a job's tags, and what stands between them. */
  private static final String TAGS = "spark.job.tags";

  private static final Pattern SEPARATOR = Pattern.compile(",");

  private final String tag;
  private final Set<Integer> jobs = ConcurrentHashMap.newKeySet();
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

  /** By id, because Spark says of a task twice that it ended if its executor is lost later. */
  private final Set<Long> tasks = ConcurrentHashMap.newKeySet();

  RunningTasks(String tag) {
    this.tag = tag;
  }

  /** Whether a job or a task is known to run. */
  boolean any() {
    return !jobs.isEmpty() || !tasks.isEmpty();
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String tags = start.properties() == null ? null : start.properties().getProperty(TAGS);
    if (tags != null && Arrays.asList(SEPARATOR.split(tags)).contains(tag)) {
      if (!any()) {
        stages.clear(); // of jobs long over
      }
      jobs.add(start.jobId());
      CollectionConverters.asJava(start.stageIds()).forEach(stage -> stages.add((Integer) stage));
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    jobs.remove(end.jobId());
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (stages.contains(start.stageId())) {
      tasks.add(start.taskInfo().taskId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    tasks.remove(end.taskInfo().taskId());
  }
}
