package sparkprop.train.step;

import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;

/**
 * Runs Spark jobs under a tag and a description of their own, and leaves the caller's local
 * properties (job group, description, pool, tags) exactly as they were. The caller's own remain in
 * force for the jobs, so that cancelling the caller's job group or tag cancels them too. If the
 * work ends by an exception, whatever it left running is cancelled.
 */
final class JobScope {
  private final SparkContext context;
  private final String tag = "sparkprop-" + UUID.randomUUID();

  JobScope(SparkContext context) {
    this.context = context;
  }

  /**
   * @param work may throw what Scala code throws, checked exceptions included
   * @throws InterruptedException if the thread was interrupted; its interrupt flag is clear then
   */
  <T> T run(String description, Callable<T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Training was interrupted.");
    }
    Properties callers = context.getLocalProperties();
    context.setLocalProperties((Properties) callers.clone());
    try {
      context.addJobTag(tag);
      context.setJobDescription(description);
      return work.call();
    } catch (Throwable e) {
      boolean interrupted = Thread.interrupted() || e instanceof InterruptedException;
      if (!context.isStopped()) {
        context.cancelJobsWithTag(tag);
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

  /**
   * Lets a checked exception of Scala code through. Spark's methods throw {@code SparkException}
   * without declaring it, and callers of Spark expect to see it as it is.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E asIs(Throwable e) throws E {
    throw (E) e;
  }
}
