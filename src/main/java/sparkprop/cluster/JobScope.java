package sparkprop.cluster;

import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the Spark jobs of one fit under a tag and descriptions of their own, and leaves the caller's
 * local properties (job group, description, pool, tags) exactly as they were. The caller's own
 * remain in force for the jobs, so that cancelling the caller's job group or tag cancels them too.
 * If the work ends by an exception, whatever it left running is cancelled and waited for: a task
 * that still ran could put back what is given back next.
 */
public final class JobScope implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobScope.class);

  /** How long tasks are given to notice that they are no longer wanted. */
  private static final long PATIENCE_SECONDS = 10;

  private static final long LOOK_AGAIN_MILLIS = 10;

  /** Looks in a row without a task, because news of one that has just started takes a moment. */
  private static final int QUIET_LOOKS = 10;

  private final SparkContext context;
  private final String title;
  private final String tag = "sparkprop-" + UUID.randomUUID();
  private final RunningTasks running = new RunningTasks(tag);

  /**
   * The scope of one fit.
   *
   * @param title what the descriptions of its jobs begin with
   */
  public JobScope(SparkContext context, String title) {
    this.context = context;
    this.title = title;
    context.addSparkListener(running);
  }

  /** What the descriptions of its jobs begin with. */
  public String title() {
    return title;
  }

  /**
   * Does what runs jobs.
   *
   * @param activity what is being done, for the jobs' description
   * @param work may throw what Scala code throws, checked exceptions included
   * @throws InterruptedException if the thread was interrupted; its interrupt flag is clear then
   */
  public <T> T run(String activity, Callable<T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Training was interrupted.");
    }
    Properties callers = context.getLocalProperties();
    context.setLocalProperties((Properties) callers.clone());
    try {
      context.addJobTag(tag);
      context.setJobDescription(title + ": " + activity);
      return work.call();
    } catch (Throwable e) {
      boolean interrupted = Thread.interrupted() || e instanceof InterruptedException;
      if (!context.isStopped()) {
        context.cancelJobsWithTag(tag);
        awaitTasks();
      }
      if (!interrupted) {
        throw JobScope.<RuntimeException>asIs(e);
      }
      if (e instanceof InterruptedException original) {
        throw original;
      }
      InterruptedException interruption = new InterruptedException("Training was interrupted.");
      interruption.initCause(e);
      throw interruption;
    } finally {
      context.setLocalProperties(callers);
    }
  }

  /** Until none runs any more, within reason: a task may be stuck in code that is not ours. */
  private void awaitTasks() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int quiet = 0;
    while (!context.isStopped() && quiet < QUIET_LOOKS) {
      quiet = running.any() ? 0 : quiet + 1;
      if (System.nanoTime() > end) {
        LOG.warn("Tasks of {} still run {} s after they were cancelled.", title, PATIENCE_SECONDS);
        return;
      }
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Ends the scope; no job may be run in it any more. */
  @Override
  public void close() {
    context.removeSparkListener(running);
  }

  /**
   * Lets a checked exception of Scala code through. Spark's methods throw {@code SparkException}
   * without declaring it, and callers of Spark expect to see it as it is.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E asIs(Throwable e) throws E {
    throw (E) e;
  }
}
