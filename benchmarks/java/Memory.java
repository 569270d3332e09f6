import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;

/**
 * Bytes that a fit holds for each value of the training rows, ours and MLlib's: what Spark's
 * storage status says of the RDDs that the fit persists, at its highest.
 */
public final class Memory {
  private Memory() {}

  /** Arguments: folder of Fashion-MNIST. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    double values = train.count() * 784.0;
    Turns.print(
        "bytes-per-value-mllib", held(spark.sparkContext(), Networks.mllib(1, 1), train) / values);
    Turns.print(
        "bytes-per-value-ours", held(spark.sparkContext(), Networks.ours(1, 1), train) / values);
    spark.stop();
  }

  private static long held(SparkContext context, Estimator<?> estimator, Dataset<Row> train)
      throws Exception {
    long before = stored(context);
    AtomicLong most = new AtomicLong();
    SparkListener watcher =
        new SparkListener() {
          @Override
          public void onBlockUpdated(SparkListenerBlockUpdated update) {
            most.accumulateAndGet(stored(context), Math::max);
          }
        };
    context.addSparkListener(watcher);
    estimator.fit(train);
    context.listenerBus().waitUntilEmpty(10_000);
    context.removeSparkListener(watcher);
    return most.get() - before;
  }

  private static long stored(SparkContext context) {
    return Arrays.stream(context.getRDDStorageInfo())
        .mapToLong((RDDInfo rdd) -> rdd.memSize() + rdd.diskSize())
        .sum();
  }
}
