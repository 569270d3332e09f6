package sparkprop.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads that share out numbered jobs. */
final class Crew implements AutoCloseable {
  /** A job; the thread's number tells which scratch memory it may use. */
  interface Job {
    void run(int thread, int index);
  }

  private final int threads;
  private final ExecutorService pool;

  Crew(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "sparkprop-slices");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs jobs 0 to count - 1 and waits for all of them.
   *
   * @throws InterruptedException if the caller is interrupted; the crew's threads are too, and the
   *     crew cannot be used again
   */
  void run(int count, Job job) throws InterruptedException {
    // Waiting for jobs that have ended already would not notice the flag.
    if (Thread.interrupted()) {
      close();
      throw new InterruptedException("Training was interrupted.");
    }
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int t = 0; t < Math.min(threads, count); t++) {
      int thread = t;
      work.add(
          () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              job.run(thread, i);
            }
            return null;
          });
    }
    try {
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } catch (InterruptedException e) {
      close();
      throw e;
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  /** Called by jobs now and then, so that an interrupted crew stops soon. */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The computation of a slice was interrupted.");
    }
  }

  /** Jobs throw no checked exceptions. */
  private static RuntimeException rethrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  /** Interrupts the threads and waits, for a second at most, until they have ended. */
  @Override
  public void close() {
    pool.shutdownNow();
    try {
      pool.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
