import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The share of the BLAS provider's peak that training reaches. Multiply-adds are counted as
 * backpropagation needs them: forward, the weights' gradient, and the inputs' delta, which the
 * first layer has no use for.
 */
public final class GemmShare {
  private static final int[] UNITS = {784, 1024, 1024, 10};
  private static final int BATCH_SIZE = 1024;
  private static final int THREADS = 2;

  private GemmShare() {}

  /** Arguments: folder of Fashion-MNIST, rounds, passes of a fit. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    train.count();
    int passes = Integer.parseInt(args[2]);
    try (GemmPeak peak = new GemmPeak(THREADS)) {
      Turns.Pairs rates =
          Turns.alternate(
              Integer.parseInt(args[1]),
              () ->
                  multiplyAdds()
                      * TrainingSpeed.measure(
                          train, "dense(1024) relu dense(1024) relu", BATCH_SIZE, passes),
              peak::measure);
      Turns.print("multiply-adds-per-second-training", Turns.median(rates.ours()));
      Turns.print("multiply-adds-per-second-peak", Turns.median(rates.peer()));
      Turns.print("share", rates.ratio());
    }
    spark.stop();
  }

  /** Of one sample. */
  private static double multiplyAdds() {
    double[] products = new double[UNITS.length - 1];
    Arrays.setAll(products, l -> (double) UNITS[l] * UNITS[l + 1]);
    return 3 * Arrays.stream(products).sum() - products[0];
  }
}
