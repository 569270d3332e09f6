package sparkprop.company;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import sparkprop.testing.Eventually;
import sparkprop.testing.SharedSpark;

/** Somebody else's job, which holds one task slot of the shared session as long as this is open. */
final class CompetingJob implements AutoCloseable {
  private static final SparkContext CONTEXT = SharedSpark.session().sparkContext();

  private final String tag = "competitor-" + UUID.randomUUID();
  private final CompletableFuture<Void> job;

  private CompetingJob() {
    job =
        CompletableFuture.runAsync(
            () -> {
              CONTEXT.addJobTag(tag);
              CONTEXT.setInterruptOnCancel(true);
              JavaSparkContext.fromSparkContext(CONTEXT)
                  .parallelize(List.of(1), 1)
                  .foreach(one -> TimeUnit.HOURS.sleep(1));
            },
            runnable -> new Thread(runnable, "competitor").start());
  }

  /** Returns when its task runs. */
  static CompetingJob start() throws InterruptedException {
    CompetingJob job = new CompetingJob();
    Eventually.holds(job::runs);
    return job;
  }

  private boolean runs() {
    var status = CONTEXT.statusTracker();
    for (int id : status.getJobIdsForTag(tag)) {
      var info = status.getJobInfo(id);
      if (info.isDefined()) {
        for (int stage : info.get().stageIds()) {
          var stageInfo = status.getStageInfo(stage);
          if (stageInfo.isDefined() && stageInfo.get().numActiveTasks() == 1) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether it holds its slot still. */
  boolean holds() {
    return !job.isDone();
  }

  @Override
  public void close() {
    CONTEXT.cancelJobsWithTag(tag);
    job.handle((nothing, cancelled) -> null).join();
  }
}
