package sparkprop.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What the partitions of an RDD hold, brought to the driver as {@code RDD.collect} would. For each
 * job Spark takes that method's function apart, to find out what it drags along, and reads the
 * class file of {@code RDD} to do so, which takes longer than a small update. A function of Java's
 * is left as it is.
 */
public final class Results {
  private static final ClassTag<Object[]> ARRAY = ClassTag$.MODULE$.apply(Object[].class);

  private Results() {}

  /** Runs the job; the results are in the order of partitions. */
  @SuppressWarnings("unchecked") // the elements are what the RDD holds
  public static <T> List<T> of(RDD<T> rdd) {
    Function2<TaskContext, Iterator<T>, Object[]> all =
        (Function2<TaskContext, Iterator<T>, Object[]> & Serializable)
            (task, elements) -> {
              List<T> held = new ArrayList<>();
              CollectionConverters.asJava(elements).forEachRemaining(held::add);
              return held.toArray();
            };
    List<T> results = new ArrayList<>();
    for (Object[] part : (Object[][]) rdd.sparkContext().runJob(rdd, all, ARRAY)) {
      for (Object element : part) {
        results.add((T) element);
      }
    }
    return results;
  }
}
