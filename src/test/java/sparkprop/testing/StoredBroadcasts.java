package sparkprop.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/** The broadcasts that this JVM's block manager holds. */
public final class StoredBroadcasts {
  private StoredBroadcasts() {}

  /** Names of those whose value passes. */
  public static Set<String> of(Predicate<Object> wanted) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Function1<BlockId, Object> values = id -> id.name().matches("broadcast_\\d+");
    Set<String> found = new TreeSet<>();
    for (BlockId id : CollectionConverters.asJava(blocks.getMatchingBlockIds(values))) {
      var local = blocks.getLocalValues(id);
      if (local.isDefined()) {
        // To the end, where Spark unlocks the block: nobody can remove it before.
        List<Object> held = new ArrayList<>();
        CollectionConverters.asJava(local.get().data()).forEachRemaining(held::add);
        if (wanted.test(held.get(0))) {
          found.add(id.name());
        }
      }
    }
    return found;
  }

  /** Whether a value is of a class of ours. */
  public static boolean isOurs(Object value) {
    return value.getClass().getName().startsWith("sparkprop.");
  }
}
