package sparkprop.train.step;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out numbered jobs, round after round. One leads: it says what the jobs of a
 * round are, takes part, and goes on when all are done. Others come and go; whoever is there takes
 * the next job, and the leader alone is enough. Nobody waits for one who has not come.
 */
final class Team {
  /** A job; the worker is the thread's own, with its scratch memory. */
  interface Job {
    void run(Worker worker, int index);
  }

  /** Turns of a waiting thread before it lets others have the processor, and before it sleeps. */
  private static final int SPINS = 200;

  private static final int YIELDS = 400;
  private static final long SLEEP_NANOS = 50_000;

  /** The jobs of one round. */
  private static final class Round {
    final Job job;
    final int count;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Round(int count, Job job) {
      this.count = count;
      this.job = job;
    }

    /** Takes jobs until none is left. After a failure they are only counted. */
    void work(Worker worker) {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            job.run(worker, i);
          }
        } catch (Throwable e) { // the leader throws it
          failure.compareAndSet(null, e);
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  private volatile @Nullable Round round;
  private volatile boolean over;

  /**
   * Has jobs 0 to count - 1 done. Only the leader calls it.
   *
   * @throws RuntimeException what a job threw, or an Error
   */
  void run(Worker leader, int count, Job job) {
    Round jobs = new Round(count, job);
    round = jobs;
    jobs.work(leader);
    for (int turn = 0; jobs.done.get() < count; turn++) {
      pause(turn);
    }
    Throwable failure = jobs.failure.get();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) { // Scala code throws checked exceptions that it does not declare
      throw new IllegalStateException("A job of the team failed: " + failure.getMessage(), failure);
    }
  }

  /** Says that there will be no more rounds. */
  void end() {
    over = true;
  }

  /**
   * Takes jobs of every round until there are no more rounds.
   *
   * @throws RuntimeException if the worker is no longer wanted
   */
  void help(Worker worker) {
    Round seen = null;
    int turn = 0;
    while (!over) {
      Round jobs = round;
      if (jobs != null && jobs != seen) {
        jobs.work(worker);
        seen = jobs;
        turn = 0;
      } else {
        pause(turn++);
        if (turn > SPINS) {
          worker.checkpoint().run();
        }
      }
    }
  }

  /**
   * A round takes tens of microseconds, so that sleeping at once would cost more than it saves; but
   * where processors are shared, spinning on keeps the others from their work.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint for speed; nothing hangs on it
  private static void pause(int turn) {
    if (turn < SPINS) {
      Thread.onSpinWait();
    } else if (turn < SPINS + YIELDS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(SLEEP_NANOS);
    }
  }
}
