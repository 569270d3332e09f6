package sparkprop.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.LocalSparkCluster$;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * One executor more for {@link LocalCluster}, on a host of another name: Spark never makes a
 * speculative copy of a task on the host of the first attempt, and all others share theirs.
 */
public final class GuestWorker implements AutoCloseable {
  private static final Pattern MASTER = Pattern.compile("spark://[^\"]+");
  private static final String HOST = "localhost";

  private final Executors executors;
  private final RpcEnv worker;

  private GuestWorker(Executors executors, RpcEnv worker) {
    this.executors = executors;
    this.worker = worker;
  }

  /** Has a worker join and waits for its executor. */
  public static GuestWorker join(SparkContext context) throws Exception {
    SparkConf conf = context.getConf();
    RpcEnv worker =
        Worker.startRpcEnvAndEndpoint(
            HOST,
            0,
            0,
            1,
            1024,
            new String[] {master()},
            Path.of(System.getenv("SPARK_HOME"), "work").toString(),
            Option.apply(LocalCluster.EXECUTORS + 1),
            conf,
            Option.empty());
    Executors executors = new Executors(context);
    executors.await(LocalCluster.EXECUTORS + 1);
    return new GuestWorker(executors, worker);
  }

  /** Its page says under which address the master in this JVM takes workers. */
  private static String master() throws IOException {
    int port = LocalSparkCluster$.MODULE$.get().get().masterWebUIPort();
    try (var page = URI.create("http://localhost:" + port + "/json/").toURL().openStream()) {
      Matcher url = MASTER.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8));
      if (!url.find()) {
        throw new IOException("The master's page names no address.");
      }
      return url.group();
    }
  }

  /** Its executor. */
  public String executor() throws InterruptedException {
    var hosts = executors.ask(() -> SparkEnv.get().blockManager().blockManagerId().host());
    hosts.values().removeIf(host -> !host.equals(HOST));
    return hosts.keySet().iterator().next();
  }

  /** Its executor's process. */
  public ProcessHandle process() throws InterruptedException {
    return Objects.requireNonNull(executors.processes().get(executor()));
  }

  /** Has worker and executor leave; of the latter the driver hears a little later. */
  @Override
  public void close() {
    worker.shutdown();
  }
}
