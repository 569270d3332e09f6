package sparkprop.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the cluster offers, as its configuration says it, so that two fits on it come to the same
 * partitions and windows: not what happens to be free at the moment. Where the configuration does
 * not say how many executors there are (dynamic allocation), those registered now count.
 *
 * @param taskSlots tasks that run at a time
 * @param storageBytes storage memory of all executors together
 */
public record Capacity(int taskSlots, long storageBytes) {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)(?:,.*)?]");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[(\\d+),(\\d+),.*]");

  /** The capacity of the cluster that this context runs on. */
  public static Capacity of(SparkContext context) {
    SparkConf conf = context.getConf();
    int cores = Math.max(1, cores(context, conf));
    int slots = Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
    return new Capacity(slots, storageBytes(context, conf));
  }

  private static int cores(SparkContext context, SparkConf conf) {
    if (context.master().equals("local")) {
      return 1;
    }
    Matcher local = LOCAL.matcher(context.master());
    if (local.matches()) {
      return local.group(1).equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(local.group(1));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(context.master());
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2));
    }
    int perExecutor = conf.getInt("spark.executor.cores", 0);
    int executors = configuredExecutors(conf);
    return perExecutor > 0 && executors > 0
        ? perExecutor * executors
        : context.defaultParallelism();
  }

  private static int configuredExecutors(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false)
        ? 0
        : conf.getInt("spark.executor.instances", 0);
  }

  /** What each block manager had when it started, which later loads do not change. */
  private static long storageBytes(SparkContext context, SparkConf conf) {
    String driver = SparkEnv.get().blockManager().blockManagerId().hostPort();
    long driverBytes = 0;
    long smallest = Long.MAX_VALUE;
    int registered = 0;
    for (var entry : CollectionConverters.asJava(context.getExecutorMemoryStatus()).entrySet()) {
      Tuple2<Object, Object> maxAndFree = entry.getValue();
      long bytes = (Long) maxAndFree._1();
      if (entry.getKey().equals(driver)) {
        driverBytes = bytes;
      } else {
        smallest = Math.min(smallest, bytes);
        registered++;
      }
    }
    if (context.isLocal() || registered == 0) {
      return driverBytes;
    }
    int configured = configuredExecutors(conf);
    return smallest * (configured > 0 ? configured : registered);
  }
}
