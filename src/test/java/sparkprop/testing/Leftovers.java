package sparkprop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/** What a fit could leave in a cluster: rows, weights, what its tasks are told, and jobs. */
public final class Leftovers {
  private Leftovers() {}

  /** Fails if anything of ours is left on the driver or an executor, or any job runs. */
  public static void areNone(SparkContext context) throws InterruptedException {
    assertThat(JavaSparkContext.fromSparkContext(context).getPersistentRDDs()).isEmpty();
    // The tracker hears of the end of a job late, and Spark removes what is stored by messages.
    Eventually.holds(() -> context.statusTracker().getActiveJobIds().length == 0);
    Map<String, Set<String>> left = left(context);
    for (int looks = 1; looks < 100 && !left.isEmpty(); looks++) {
      System.gc(); // a model's own broadcast goes with the model
      Thread.sleep(50);
      left = left(context);
    }
    assertThat(left).isEmpty();
  }

  /** What each JVM that has anything stores. */
  private static Map<String, Set<String>> left(SparkContext context) throws InterruptedException {
    Map<String, Set<String>> left = new Executors(context).ask(Leftovers::stored);
    left.put("driver", stored());
    left.values().removeIf(Set::isEmpty);
    return left;
  }

  /** Blocks of RDDs in this JVM, and broadcasts of weights or of classes of ours. */
  private static Set<String> stored() {
    Function1<BlockId, Object> rdds = BlockId::isRDD;
    Set<String> found =
        new TreeSet<>(
            StoredBroadcasts.of(
                value -> value instanceof float[] || StoredBroadcasts.isOurs(value)));
    CollectionConverters.asJava(SparkEnv.get().blockManager().getMatchingBlockIds(rdds))
        .forEach(id -> found.add(id.name()));
    return found;
  }
}
