import java.util.Locale;
import java.util.function.Predicate;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;

/**
 * Seconds of {@code fit} for each evaluation of loss and gradient over all rows, ours and MLlib's.
 * Each evaluation is one Spark job, line search included, and those are counted; all that fit does
 * beside them (checking, caching, stacking) is in the time.
 */
public final class MllibGradient {
  private static final int[] UNITS = {784, 256, 10};

  private MllibGradient() {}

  /** Arguments: folder of Fashion-MNIST, rounds, iterations of a fit, our solver. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    train.count();
    int iterations = Integer.parseInt(args[2]);
    NeuralNetworkClassifier ours =
        new NeuralNetworkClassifier()
            .setHiddenLayers(new int[] {UNITS[1]})
            .setSolver(args[3])
            .setMaxIter(iterations)
            .setPatience(0)
            .setTol(0);
    MultilayerPerceptronClassifier mllib =
        new MultilayerPerceptronClassifier()
            .setLayers(UNITS)
            .setSolver("l-bfgs")
            .setMaxIter(iterations)
            .setTol(0)
            .setSeed(1);
    Turns.Pairs seconds =
        Turns.alternate(
            Integer.parseInt(args[1]),
            () -> perEvaluation(spark, () -> ours.fit(train), CountedJobs.described(": pass ")),
            () ->
                perEvaluation(spark, () -> mllib.fit(train), CountedJobs.ofStage("treeAggregate")));
    Turns.print("seconds-per-evaluation-ours", Turns.median(seconds.ours()));
    Turns.print("seconds-per-evaluation-mllib", Turns.median(seconds.peer()));
    Turns.print("ratio", seconds.inverseRatio());
    spark.stop();
  }

  private static double perEvaluation(
      SparkSession spark, Runnable fit, Predicate<SparkListenerJobStart> evaluation)
      throws Exception {
    try (CountedJobs evaluations = new CountedJobs(spark.sparkContext(), evaluation)) {
      long start = System.nanoTime();
      fit.run();
      double seconds = Turns.seconds(start);
      if (evaluations.count() == 0) {
        throw new IllegalStateException("No job of this fit was recognised as an evaluation.");
      }
      System.err.printf("%d evaluations in %.2f s%n", evaluations.count(), seconds);
      return seconds / evaluations.count();
    }
  }
}
