package sparkprop.train.step;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import sparkprop.cluster.Packed;
import sparkprop.data.Block;

/** Where a task of an update finds the blocks of a partition. */
sealed interface BlockSource extends Serializable {
  /** The blocks, from where they are kept, or made again. */
  List<Block> blocks(Partition partition, TaskContext task);

  /** By an RDD that each job carries anew. */
  record Carried(RDD<Block> rdd) implements BlockSource {
    @Override
    public List<Block> blocks(Partition partition, TaskContext task) {
      return listed(rdd.iterator(partition, task));
    }
  }

  /**
   * By the number under which an RDD is persisted. How to make a lost block again, for which Spark
   * needs the whole plan of the input, is sent once a fit instead of with each job, which would
   * spend more time on it than on a small update; and only a task that needs it unpacks it, a copy
   * for itself alone, since a plan is not made to be shared by threads.
   *
   * @param id the RDD's
   * @param lineage the RDD
   */
  record Persisted(int id, Broadcast<Packed<RDD<Block>>> lineage) implements BlockSource {
    private static final ClassTag<Block> TAG = ClassTag$.MODULE$.apply(Block.class);

    @Override
    @SuppressWarnings("unchecked") // blocks are what is kept under this number
    public List<Block> blocks(Partition partition, TaskContext task) {
      Option<BlockResult> kept =
          SparkEnv.get().blockManager().get(new RDDBlockId(id, partition.index()), TAG);
      return listed(
          kept.isDefined()
              ? (Iterator<Block>) (Iterator<?>) kept.get().data()
              : lineage.value().unpack().iterator(partition, task));
    }
  }

  /** An RDD ready to be sent: it takes along only what it is known to depend on. */
  static Packed<RDD<Block>> lineage(RDD<Block> rdd) {
    find(rdd);
    return Packed.of(rdd);
  }

  /** Has each RDD say what it depends on, which Spark asks when a job first needs it. */
  private static void find(RDD<?> rdd) {
    Set<RDD<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<RDD<?>> open = new ArrayDeque<>(List.of(rdd));
    while (!open.isEmpty()) {
      RDD<?> next = open.pop();
      if (found.add(next)) { // one that several depend on, once
        CollectionConverters.asJava(next.dependencies()).forEach(parent -> open.push(parent.rdd()));
      }
    }
  }

  private static List<Block> listed(Iterator<Block> blocks) {
    List<Block> list = new ArrayList<>();
    CollectionConverters.asJava(blocks).forEachRemaining(list::add);
    return list;
  }
}
