package sparkprop.classification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.RDDBlockId;
import sparkprop.linalg.Randomness;

/**
 * Trains where storage memory holds a third of the rows, and prints what became of the blocks: the
 * windows of a partition, how often a window was stored in memory, how many windows that were, and
 * how often one was thrown out before it had been used up.
 */
final class CrampedFit {
  static final int PASSES = 2;
  static final int PARTITIONS = 2;

  private static final int FEATURES = 500;

  private CrampedFit() {}

  /** Windows are the only RDD blocks in memory, for the others are on disk. */
  private static final class Windows extends SparkListener {
    final List<String> stored = Collections.synchronizedList(new ArrayList<>());
    final List<String> thrownOut = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated update) {
      var block = update.blockUpdatedInfo();
      if (block.blockId() instanceof RDDBlockId) {
        if (block.memSize() > 0) {
          stored.add(block.blockId().name());
        } else if (block.diskSize() == 0) {
          thrownOut.add(block.blockId().name());
        }
      }
    }
  }

  public static void main(String[] args) throws Exception {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.testing.memory", 20L << 20)
            .config("spark.testing.reservedMemory", 0)
            .getOrCreate();
    long storage = sparkprop.cluster.Capacity.of(session.sparkContext()).storageBytes();
    Windows watcher = new Windows();
    session.sparkContext().addSparkListener(watcher);
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setHiddenLayers(new int[] {4})
            .setBatchSize(500)
            .setMaxIter(PASSES)
            .fit(rows(session, (int) (3 * storage / (4 * FEATURES))));
    int windows = model.summary().windows();
    session.stop(); // all events have been told then
    System.out.println(windows);
    System.out.println(watcher.stored.size());
    System.out.println(watcher.stored.stream().distinct().count());
    System.out.println(watcher.thrownOut.size());
  }

  private static Dataset<Row> rows(SparkSession session, int count) {
    return session.createDataFrame(
        session.range(0, count, 1, PARTITIONS).javaRDD().map(CrampedFit::row),
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType));
  }

  private static Row row(long number) {
    double[] features = new double[FEATURES];
    for (int j = 0; j < FEATURES; j++) {
      features[j] = Randomness.uniform(Randomness.hash(number, j)) - 0.5;
    }
    return RowFactory.create(Vectors.dense(features), (double) (number % 2));
  }
}
