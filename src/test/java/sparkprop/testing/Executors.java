package sparkprop.testing;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import scala.Tuple2;

/** The executors of a cluster, each a process that can be asked, frozen and killed. */
public final class Executors {
  private final JavaSparkContext context;

  /** The executors of a context that is not local. */
  public Executors(SparkContext context) {
    this.context = JavaSparkContext.fromSparkContext(context);
  }

  /** Number of executors that are registered. */
  public int registered() {
    return context.sc().statusTracker().getExecutorInfos().length - 1; // the driver is one of them
  }

  /** Waits until so many are registered. */
  public void await(int count) throws InterruptedException {
    Eventually.holds(() -> registered() == count);
  }

  /** Process by executor, of all that are registered. */
  public Map<String, ProcessHandle> processes() throws InterruptedException {
    Map<String, ProcessHandle> found = new HashMap<>();
    ask(() -> ProcessHandle.current().pid())
        .forEach((id, pid) -> found.put(id, ProcessHandle.of(pid).orElseThrow()));
    return found;
  }

  /** What each of those that are registered answers. */
  public <T> Map<String, T> ask(Function0<T> question) throws InterruptedException {
    Map<String, T> answers = new HashMap<>();
    Eventually.holds(
        () -> {
          answers.putAll(answersOfSome(question));
          return answers.size() >= registered();
        });
    return answers;
  }

  /** A task that takes its time leaves other executors to the others. */
  private <T> Map<String, T> answersOfSome(Function0<T> question) {
    int tasks = 2 * registered();
    return context
        .parallelize(Collections.nCopies(tasks, 0), tasks)
        .mapToPair(
            task -> {
              Thread.sleep(50);
              return new Tuple2<>(SparkEnv.get().executorId(), question.call());
            })
        .collectAsMap();
  }

  /** Ends a process as a machine does that fails, and waits until it is gone. */
  public static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Lets a process stand still: its connections stay open, but it does nothing. */
  public static void freeze(ProcessHandle process) {
    signal("STOP", process);
  }

  /** Lets a frozen process go on. */
  public static void thaw(ProcessHandle process) {
    signal("CONT", process);
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue() != 0) {
        throw new IllegalStateException("Process %d took no %s.".formatted(process.pid(), name));
      }
    } catch (IOException e) {
      throw new IllegalStateException("There is no command to send signals by.", e);
    }
  }
}
