package sparkprop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.spark.Resubmitted$;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What runs under a tag, as Spark's events tell it. */
class RunningTasksTest {
  private static final int STAGE = 7;

  private final RunningTasks running = new RunningTasks("ours");

  @Test
  void aTaskMayOutliveItsJob() {
    jobStarts("theirs,ours");
    taskStarts(1);
    jobEnds();
    assertThat(running.any()).isTrue();
    taskEnds(1, Success$.MODULE$);
    assertThat(running.any()).isFalse();
  }

  @Test
  void jobsOfOthersDoNotCount() {
    jobStarts("theirs");
    taskStarts(1);
    assertThat(running.any()).isFalse();
  }

  /** A task of a shuffle is done again if its executor is lost after it has ended. */
  @Test
  void aTaskThatEndsTwiceHidesNoOther() {
    jobStarts("ours");
    taskStarts(1);
    taskStarts(2);
    taskEnds(1, Success$.MODULE$);
    taskEnds(1, Resubmitted$.MODULE$);
    jobEnds();
    assertThat(running.any()).isTrue();
    taskEnds(2, Success$.MODULE$);
    assertThat(running.any()).isFalse();
  }

  private void jobStarts(String tags) {
    Properties properties = new Properties();
    properties.setProperty("spark.job.tags", tags);
    running.onJobStart(new SparkListenerJobStart(1, 0, seq(List.of(stage())), properties));
  }

  private void jobEnds() {
    running.onJobEnd(new SparkListenerJobEnd(1, 0, JobSucceeded$.MODULE$));
  }

  private void taskStarts(long id) {
    running.onTaskStart(new SparkListenerTaskStart(STAGE, 0, task(id)));
  }

  private void taskEnds(long id, TaskEndReason reason) {
    running.onTaskEnd(
        new SparkListenerTaskEnd(
            STAGE, 0, "ShuffleMapTask", reason, task(id), new ExecutorMetrics(), null));
  }

  private static TaskInfo task(long id) {
    return new TaskInfo(id, 0, 0, 0, 0, "1", "host", TaskLocality.ANY(), false);
  }

  private static StageInfo stage() {
    return new StageInfo(
        STAGE,
        0,
        "stage",
        2,
        seq(List.of()),
        seq(List.of()),
        "",
        null,
        seq(List.of()),
        Option.empty(),
        0,
        false,
        0);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
