import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The smallest maxIter with which our median accuracy on the test set over some seeds reaches a
 * goal: that and the accuracy, on one line.
 */
public final class PassesNeeded {
  private PassesNeeded() {}

  /** Arguments: folder of Fashion-MNIST, goal (a share), seeds. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    Dataset<Row> test = Fashion.read(spark, args[0], "t10k").cache();
    double goal = Double.parseDouble(args[1]);
    double[] accuracies = new double[Integer.parseInt(args[2])];
    int maxIter = 0;
    do {
      maxIter++;
      for (int seed = 1; seed <= accuracies.length; seed++) {
        accuracies[seed - 1] =
            Networks.accuracy(Networks.ours(maxIter, seed).fit(train).transform(test));
      }
      System.err.printf("maxIter %d: %.4f%n", maxIter, Turns.median(accuracies));
    } while (Turns.median(accuracies) < goal);
    System.out.println(maxIter + " " + Turns.median(accuracies));
    spark.stop();
  }
}
