import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows a second that {@code transform(...).select("prediction")} scores, ours and MLlib's. */
public final class Scoring {
  private static final int COPIES = 10;

  private Scoring() {}

  /** Arguments: folder of Fashion-MNIST, rounds. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").limit(1000).cache();
    Dataset<Row> rows = repeated(spark, args[0]).cache();
    double count = rows.count();
    Model<?> ours = Networks.ours(1, 1).fit(train);
    Model<?> mllib = Networks.mllib(1, 1).fit(train);
    Turns.Pairs seconds =
        Turns.alternate(
            Integer.parseInt(args[1]), () -> seconds(ours, rows), () -> seconds(mllib, rows));
    Turns.print("rows-per-second-ours", count / Turns.median(seconds.ours()));
    Turns.print("rows-per-second-mllib", count / Turns.median(seconds.peer()));
    Turns.print("ratio", seconds.inverseRatio());
    spark.stop();
  }

  /** The test set ten times over, in as many partitions as there are slots. */
  private static Dataset<Row> repeated(SparkSession spark, String folder) throws Exception {
    Dataset<Row> test = Fashion.read(spark, folder, "t10k");
    Dataset<Row> all = test;
    for (int i = 1; i < COPIES; i++) {
      all = all.union(test);
    }
    return all.coalesce(spark.sparkContext().defaultParallelism());
  }

  private static double seconds(Model<?> model, Dataset<Row> rows) {
    long start = System.nanoTime();
    model.transform(rows).select("prediction").write().format("noop").mode("overwrite").save();
    return Turns.seconds(start);
  }
}
