package sparkprop.cluster;

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
 * @param oneExecutor whether all tasks run in one JVM that is not the driver's: a single executor
 *     is registered, if it has not just been lost, and the configuration names no second one
 */
public record Capacity(int taskSlots, long storageBytes, boolean oneExecutor) {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)(?:,.*)?]");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[(\\d+),\\s*(\\d+),.*]");

  /**
   * What a context says of its cluster at the moment.
   *
   * @param executors executors registered, the driver not counted
   * @param defaultParallelism cores of all executors, but what the user says where he says it
   */
  record Registered(int executors, int defaultParallelism) {}

  /** The capacity of the cluster that this context runs on. */
  public static Capacity of(SparkContext context) {
    SparkConf conf = context.getConf();
    Memory memory = Memory.of(context);
    int slots =
        taskSlots(
            context.master(),
            conf,
            new Registered(memory.executors(), context.defaultParallelism()));
    return new Capacity(
        slots,
        storageBytes(context.isLocal(), conf, memory),
        !context.isLocal() && isOneExecutor(context.master(), conf, memory.executors()));
  }

  /** Heap of an executor. */
  public static long executorHeap(SparkConf conf) {
    return conf.getSizeAsMb("spark.executor.memory", "1g") << 20;
  }

  static boolean isOneExecutor(String master, SparkConf conf, int registered) {
    return registered <= 1 && expectedExecutors(master, conf) <= 1;
  }

  /** How many there may come to be, as far as the configuration says; 0 if it does not. */
  private static int expectedExecutors(String master, SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1));
    }
    // YARN and Kubernetes start two if not told otherwise; Spark's own master one a worker.
    return master.startsWith("yarn") || master.startsWith("k8s")
        ? conf.getInt("spark.executor.instances", 2)
        : 0;
  }

  static int taskSlots(String master, SparkConf conf, Registered registered) {
    int cores = Math.max(1, cores(master, conf, registered));
    return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  private static int cores(String master, SparkConf conf, Registered registered) {
    if (master.equals("local")) {
      return 1;
    }
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return local.group(1).equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(local.group(1));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2));
    }
    // YARN and Kubernetes give an executor one core if not told otherwise, Spark's own master all.
    boolean standalone = master.startsWith("spark:");
    int perExecutor = conf.getInt("spark.executor.cores", standalone ? 0 : 1);
    if (perExecutor > 0) {
      int configured = configuredExecutors(conf);
      return perExecutor * Math.max(1, configured > 0 ? configured : registered.executors());
    }
    // A user's default of 1000 partitions says nothing about slots.
    return conf.contains("spark.default.parallelism")
        ? conf.getInt("spark.cores.max", registered.executors())
        : registered.defaultParallelism();
  }

  private static int configuredExecutors(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false)
        ? 0
        : conf.getInt("spark.executor.instances", 0);
  }

  static long storageBytes(boolean local, SparkConf conf, Memory memory) {
    if (local || memory.executors() == 0) {
      return onHeap(conf, memory.driverBytes());
    }
    int configured = configuredExecutors(conf);
    return onHeap(conf, memory.smallestExecutorBytes())
        * (configured > 0 ? configured : memory.executors());
  }

  /** Blocks are kept on the heap, but Spark counts both. */
  private static long onHeap(SparkConf conf, long bytes) {
    boolean offHeap = conf.getBoolean("spark.memory.offHeap.enabled", false);
    return Math.max(0, bytes - (offHeap ? conf.getSizeAsBytes("spark.memory.offHeap.size", 0) : 0));
  }

  /**
   * What each block manager had when it started, which later loads do not change.
   *
   * @param executors how many there are beside the driver
   */
  record Memory(long driverBytes, long smallestExecutorBytes, int executors) {
    static Memory of(SparkContext context) {
      String driver = SparkEnv.get().blockManager().blockManagerId().hostPort();
      long driverBytes = 0;
      long smallest = Long.MAX_VALUE;
      int executors = 0;
      for (var entry : CollectionConverters.asJava(context.getExecutorMemoryStatus()).entrySet()) {
        Tuple2<Object, Object> maxAndFree = entry.getValue();
        long bytes = (Long) maxAndFree._1();
        if (entry.getKey().equals(driver)) {
          driverBytes = bytes;
        } else {
          smallest = Math.min(smallest, bytes);
          executors++;
        }
      }
      return new Memory(driverBytes, smallest, executors);
    }
  }
}
