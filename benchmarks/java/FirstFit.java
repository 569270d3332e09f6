import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The whole time of the first {@code fit} of a JVM, from a cached DataFrame, and how much of the
 * test set is then classified right: two numbers on one line.
 */
public final class FirstFit {
  private FirstFit() {}

  /** Arguments: folder of Fashion-MNIST, ours or mllib, maxIter, seed. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    train.count();
    int maxIter = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    Estimator<?> network =
        args[1].equals("ours") ? Networks.ours(maxIter, seed) : Networks.mllib(maxIter, seed);
    long start = System.nanoTime();
    Model<?> model = network.fit(train);
    double seconds = Turns.seconds(start);
    System.out.println(
        seconds + " " + Networks.accuracy(model.transform(Fashion.read(spark, args[0], "t10k"))));
    spark.stop();
  }
}
