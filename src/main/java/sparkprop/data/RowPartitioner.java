package sparkprop.data;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;

/** Sends a row, by its number, to RDD partition p * K + k: window k of training partition p. */
final class RowPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final Partitioning partitioning;
  private final long[] rows;
  private final Windows windows;

  private RowPartitioner(Partitioning partitioning, Windows windows) {
    this.partitioning = partitioning;
    this.rows = partitioning.rows();
    this.windows = windows;
  }

  /** The rows in (partition, window) order, each window in order of number. */
  static JavaRDD<NumberedRow> shuffle(
      JavaRDD<NumberedRow> rows, Partitioning partitioning, Windows windows) {
    return rows.keyBy(NumberedRow::number)
        .repartitionAndSortWithinPartitions(new RowPartitioner(partitioning, windows))
        .values();
  }

  @Override
  public int numPartitions() {
    return Math.multiplyExact(partitioning.partitions(), windows.count());
  }

  @Override
  public int getPartition(Object key) {
    long number = (Long) key;
    int partition = partitioning.partition(number);
    int window = windows.of(partitioning.position(number), rows[partition]);
    return partition * windows.count() + window;
  }
}
