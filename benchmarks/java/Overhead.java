import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;
import sparkprop.train.step.Placements;

/**
 * One update that is a Spark job of its own, on one row a partition, so that there is nothing to
 * compute: how much longer it takes than an empty {@code treeAggregate} of the same depth and
 * partitions. It broadcasts the weights, brings back and sums as many gradients as there are
 * partitions, and takes Adam's step; the empty one brings back a number.
 */
public final class Overhead {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final int DEPTH = 2;
  private static final int UPDATES = 100;

  /** Rounds before the first that counts: that many passed until either time stopped falling. */
  private static final int WARM_UP = 6;

  private Overhead() {}

  /** Arguments: rounds. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    System.setProperty(Placements.SETTING, "jobs");
    SparkSession spark = Fashion.session();
    turns(spark, 2, WARM_UP);
    double worst = 0;
    for (int partitions : new int[] {2, 8, 32}) {
      Turns.Pairs seconds = turns(spark, partitions, Integer.parseInt(args[0]));
      Turns.print("milliseconds-ours-" + partitions, 1e3 * Turns.median(seconds.ours()));
      Turns.print("milliseconds-empty-" + partitions, 1e3 * Turns.median(seconds.peer()));
      Turns.print("ratio-" + partitions, seconds.ratio());
      worst = Math.max(worst, seconds.ratio());
    }
    Turns.print("worst-ratio", worst);
    spark.stop();
  }

  private static Turns.Pairs turns(SparkSession spark, int partitions, int rounds)
      throws Exception {
    Dataset<Row> rows = rows(spark, partitions).cache();
    JavaRDD<Integer> numbers = numbers(spark, partitions);
    return Turns.alternate(rounds, () -> ofUpdate(rows, partitions), () -> ofEmptyJob(numbers));
  }

  private static Dataset<Row> rows(SparkSession spark, int partitions) {
    List<Row> rows =
        IntStream.range(0, partitions)
            .mapToObj(
                i -> {
                  double[] pixels = new double[FEATURES];
                  pixels[i] = 1;
                  // The last class is always there, so that there are as many as elsewhere.
                  return RowFactory.create(
                      Vectors.dense(pixels), (double) (CLASSES - 1 - i % CLASSES));
                })
            .toList();
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        Fashion.SCHEMA);
  }

  private static JavaRDD<Integer> numbers(SparkSession spark, int partitions) {
    JavaRDD<Integer> numbers =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(
                IntStream.range(0, partitions).boxed().collect(Collectors.toList()), partitions)
            .cache();
    numbers.count();
    return numbers;
  }

  /** Seconds: the median over the updates of a fit but the first. */
  private static double ofUpdate(Dataset<Row> rows, int partitions) {
    List<Double> seconds = new ArrayList<>();
    new NeuralNetworkClassifier()
        .setHiddenLayers(new int[] {256})
        .setBatchSize(partitions)
        .setNumPartitions(partitions)
        .setAggregationDepth(DEPTH)
        .setMaxIter(UPDATES)
        .setPatience(0)
        .addListener(
            new TrainingListener() {
              @Override
              public void onPass(PassReport report) {
                seconds.add(partitions / report.samplesPerSecond());
              }
            })
        .fit(rows);
    return Turns.median(seconds.subList(1, seconds.size()));
  }

  private static double ofEmptyJob(JavaRDD<Integer> numbers) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      long start = System.nanoTime();
      numbers.treeAggregate(0, Integer::sum, Integer::sum, DEPTH);
      seconds.add(Turns.seconds(start));
    }
    return Turns.median(seconds);
  }
}
