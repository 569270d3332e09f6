package sparkprop.testing;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** The executors of a cluster, each a process that can be asked, frozen and killed. */
public final class Executors {
  private final JavaSparkContext context;

  /** The executors of a context that is not local. */
  public Executors(SparkContext context) {
    this.context = JavaSparkContext.fromSparkContext(context);
  }

  /** The executors that Spark gives tasks to; one that died may be among them for a moment. */
  public Set<String> ids() {
    return Set.copyOf(CollectionConverters.asJava(context.sc().getExecutorIds()));
  }

  /** Waits until there are so many, and all of them are alive. */
  public void await(int count) throws InterruptedException {
    Eventually.holds(
        () ->
            ids().size() == count
                && processes().values().stream().filter(ProcessHandle::isAlive).count() == count);
  }

  /** Process by executor. */
  public Map<String, ProcessHandle> processes() throws InterruptedException {
    Map<String, ProcessHandle> found = new HashMap<>();
    ask(() -> ProcessHandle.current().pid())
        .forEach((id, pid) -> ProcessHandle.of(pid).ifPresent(process -> found.put(id, process)));
    return found;
  }

  /** What each of them answers. */
  public <T> Map<String, T> ask(Function0<T> question) throws InterruptedException {
    Map<String, T> answers = new HashMap<>();
    Eventually.holds(
        () -> {
          answers.putAll(answersOfSome(question));
          answers.keySet().retainAll(ids());
          return answers.keySet().equals(ids());
        });
    return answers;
  }

  /** A task that takes its time leaves other executors to the others. */
  private <T> Map<String, T> answersOfSome(Function0<T> question) {
    int tasks = 2 * LocalCluster.EXECUTORS;
    return context
        .parallelize(Collections.nCopies(tasks, 0), tasks)
        .mapToPair(
            task -> {
              Thread.sleep(20);
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
