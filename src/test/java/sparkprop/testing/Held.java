package sparkprop.testing;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import scala.Function1;

/**
 * What a JVM and the Spark context in it hold once all garbage is collected.
 *
 * @param ours objects of our classes, those of this room not counted
 * @param heapBytes of all objects
 * @param nativeBytes of the process's resident memory, what the JVM takes for classes and compiled
 *     code not counted, but the reserved heap; 0 where there is no {@code /proc}
 * @param threads how many there are of each name, with # for numbers
 * @param persisted RDDs that are marked as persisted
 * @param blocks of RDDs that are stored
 * @param broadcasts that are stored
 * @param listeners on Spark's bus
 */
public record Held(
    long ours,
    long heapBytes,
    long nativeBytes,
    Map<String, Long> threads,
    int persisted,
    int blocks,
    int broadcasts,
    int listeners)
    implements Serializable {
  private static final Pattern HISTOGRAM_LINE =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+\\[*L?sparkprop\\.(?!testing)");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

  /** Collects garbage until Spark has cleaned up behind it, and counts. */
  public static Held now(SparkContext context)
      throws InterruptedException, JMException, IOException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(100); // for Spark's cleaner, which learns from the collector what nobody holds
    }
    String histogram = histogram();
    Map<String, Long> threads = new TreeMap<>();
    Thread.getAllStackTraces()
        .keySet()
        .forEach(t -> threads.merge(t.getName().replaceAll("\\d+", "#"), 1L, Long::sum));
    return new Held(
        HISTOGRAM_LINE.matcher(histogram).results().mapToLong(Held::number).sum(),
        TOTAL.matcher(histogram).results().mapToLong(Held::number).sum(),
        residentOffHeap(),
        threads,
        JavaSparkContext.fromSparkContext(context).getPersistentRDDs().size(),
        stored(BlockId::isRDD),
        stored(BlockId::isBroadcast),
        context.listenerBus().listeners().size());
  }

  private static long number(MatchResult match) {
    return Long.parseLong(match.group(1));
  }

  /** Of all objects that are reachable. */
  private static String histogram() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  private static long residentOffHeap() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    long kilobytes =
        RESIDENT.matcher(Files.readString(status)).results().mapToLong(Held::number).sum();
    return 1024 * kilobytes
        - ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted();
  }

  private static int stored(Function1<BlockId, Object> which) {
    return SparkEnv.get().blockManager().getMatchingBlockIds(which).size();
  }
}
