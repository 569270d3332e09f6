package sparkprop.train.step;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import sparkprop.data.Block;
import sparkprop.data.TrainingData;

/**
 * What a placement on a cluster needs to know of training data.
 *
 * @param blocks RDD partition p * windows + k holds window k of training partition p
 * @param windows windows that each training partition is cut into
 * @param rows training rows of each training partition
 * @param sparse whether features are sparse
 * @param validation blocks of the validation rows; null if nothing validates
 */
record SparkData(
    JavaRDD<Block> blocks,
    int windows,
    List<Long> rows,
    boolean sparse,
    @Nullable JavaRDD<Block> validation) {

  /** Training rows of each training partition. */
  long[] rowCounts() {
    return rows.stream().mapToLong(Long::longValue).toArray();
  }

  static SparkData of(TrainingData data) {
    return new SparkData(
        data.blocks(),
        data.windows(),
        Arrays.stream(data.rows()).boxed().toList(),
        data.sparse(),
        data.validation());
  }
}
