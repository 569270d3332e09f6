package sparkprop.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;
import sparkprop.text.Range;

/** How rows are prepared and spread for training. */
public interface DataParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param standardization whether features are scaled and centred inside
   * @param numPartitions partitions that train
   * @param aggregationDepth depth of the tree that sums gradients
   * @param maxBlockSizeInMB size of a block of rows
   */
  record Declared(
      BooleanParam standardization,
      IntParam numPartitions,
      IntParam aggregationDepth,
      DoubleParam maxBlockSizeInMB)
      implements java.io.Serializable {

    static Declared of(ParamMaker make) {
      return new Declared(
          make.flag(
              "standardization",
              false,
              "whether to train on features scaled to deviation 1 and centred to mean 0; the model"
                  + " takes the features as they are"),
          make.whole(
              "numPartitions",
              0,
              Range.atLeast(0),
              "partitions that train together; 0 is automatic: those of the input, but no more than"
                  + " there are task slots"),
          make.whole(
              "aggregationDepth",
              2,
              Range.atLeast(2),
              "depth of the tree in which the partitions' gradients are summed"),
          make.number(
              "maxBlockSizeInMB",
              0,
              Range.atLeast(0),
              "most memory in MB for a block of rows; 0 is automatic"));
    }
  }

  /** Where the stage keeps them. */
  Declared dataParams();

  /** Whether to scale and centre features inside. Default false. */
  default BooleanParam standardization() {
    return dataParams().standardization();
  }

  /** The value of {@link #standardization}. */
  default boolean getStandardization() {
    return (boolean) getOrDefault(standardization());
  }

  /** Partitions that train together, at least 0. Default 0: automatic. */
  default IntParam numPartitions() {
    return dataParams().numPartitions();
  }

  /** The value of {@link #numPartitions}. */
  default int getNumPartitions() {
    return (int) getOrDefault(numPartitions());
  }

  /** Depth of the tree in which gradients are summed, at least 2. Default 2. */
  default IntParam aggregationDepth() {
    return dataParams().aggregationDepth();
  }

  /** The value of {@link #aggregationDepth}. */
  default int getAggregationDepth() {
    return (int) getOrDefault(aggregationDepth());
  }

  /** Most memory in MB for a block of rows, at least 0. Default 0: automatic. */
  default DoubleParam maxBlockSizeInMB() {
    return dataParams().maxBlockSizeInMB();
  }

  /** The value of {@link #maxBlockSizeInMB}. */
  default double getMaxBlockSizeInMB() {
    return (double) getOrDefault(maxBlockSizeInMB());
  }
}
