package sparkprop.data;

import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag$;

/**
 * Brings rows to their training partitions and windows, so that a task which trains on them is
 * small. A task carries its partition, and the partition of an RDD that needs no shuffle carries
 * that of the input: a range of a file, but for a DataFrame that was made from rows on the driver
 * (from a list, from pandas, over Spark Connect) the rows themselves, which would travel again with
 * each update. Those go through one shuffle first, from which partitions come as mere numbers.
 */
final class Arrangement {
  /** Partitions that take less in all may travel, whatever they hold. */
  private static final long LIGHT_BYTES = 64 << 10;

  /** Share of the blocks' bytes above which partitions must hold rows, not say where rows lie. */
  private static final double ROWS_SHARE = 0.125;

  private Arrangement() {}

  /**
   * The rows in (partition, window) order, each window in order of number.
   *
   * @param rows by input partition, in order of number
   * @param blockBytes of the blocks that the rows will be
   */
  static JavaRDD<NumberedRow> of(
      JavaRDD<NumberedRow> rows, Partitioning partitioning, Windows windows, long blockBytes) {
    JavaRDD<NumberedRow> arranged = partitioning.arrange(rows, windows);
    return partitionBytes(arranged) > Math.max(LIGHT_BYTES, ROWS_SHARE * blockBytes)
        ? RowPartitioner.shuffle(rows, partitioning, windows)
        : arranged;
  }

  private static long partitionBytes(JavaRDD<NumberedRow> rows) {
    SerializerInstance serializer = SparkEnv.get().closureSerializer().newInstance();
    long bytes = 0;
    for (Partition partition : rows.rdd().partitions()) {
      bytes +=
          serializer
              .<Partition>serialize(partition, ClassTag$.MODULE$.apply(Partition.class))
              .remaining();
    }
    return bytes;
  }
}
