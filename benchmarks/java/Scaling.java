import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
 * What an update costs that is a Spark job of its own: for numbers of partitions and of weights, in
 * the cluster that {@code spark.master} names, one line each of
 *
 * <pre>
 * partitions weights rows job broadcast bare whole
 * </pre>
 *
 * in seconds: an empty job of as many tasks; broadcasting the weights and having each task read
 * them, above that; an update on two rows a partition; and one on {@code rows} rows a partition. So
 * whole - bare is computing, and bare - job - broadcast summing gradients and taking the step.
 */
public final class Scaling {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final int DEPTH = 2;

  /** Multiply-adds of a task, so that computing is seen beside the rest. */
  private static final double MULTIPLY_ADDS = 2e9;

  private Scaling() {}

  /** Arguments: numbers of partitions, numbers of hidden units. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    System.setProperty(Placements.SETTING, "jobs");
    SparkSession spark = Fashion.session();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ofUpdate(rows(spark, 2, 2), 2, 256, 20); // code is compiled now
    for (int units : numbers(args[1])) {
      int weights = (FEATURES + CLASSES + 1) * units + CLASSES;
      int updates = weights < 1_000_000 ? 20 : weights < 5_000_000 ? 5 : 2;
      int perTask = (int) Math.max(16, Math.min(1024, MULTIPLY_ADDS / 2 / weights));
      for (int partitions : numbers(args[0])) {
        double job = ofJob(context, partitions, 0, 30);
        double broadcast = ofJob(context, partitions, weights, updates) - job;
        double bare = ofUpdate(rows(spark, partitions, 2), partitions, units, updates);
        double whole = ofUpdate(rows(spark, partitions, perTask), partitions, units, updates);
        System.out.printf(
            "%d %d %d %.6f %.6f %.6f %.6f%n",
            partitions, weights, perTask, job, Math.max(0, broadcast), bare, whole);
      }
    }
    spark.stop();
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  /** Made where they are needed, the same each time. */
  private static Dataset<Row> rows(SparkSession spark, int partitions, int perPartition) {
    List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(new ArrayList<>(numbers), partitions)
            .flatMap(partition -> ofPartition(partition, perPartition));
    return spark.createDataFrame(rows, Fashion.SCHEMA);
  }

  private static Iterator<Row> ofPartition(int partition, int count) {
    Random random = new Random(partition);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                RowFactory.create(
                    Vectors.dense(random.doubles(FEATURES).toArray()),
                    // The last class is always there, so that there are as many everywhere.
                    (double) (CLASSES - 1 - (partition + i) % CLASSES)))
        .iterator();
  }

  /** Seconds of a job that does nothing, or only reads a broadcast of so many floats. */
  private static double ofJob(JavaSparkContext context, int partitions, int floats, int times) {
    JavaRDD<Integer> numbers =
        context.parallelize(
            new ArrayList<>(IntStream.range(0, partitions).boxed().toList()), partitions);
    float[] weights = new float[floats];
    Random random = new Random(1);
    for (int i = 0; i < floats; i++) {
      weights[i] = random.nextFloat();
    }
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i <= times; i++) {
      long start = System.nanoTime();
      if (floats == 0) {
        numbers.map(n -> n).collect();
      } else {
        Broadcast<float[]> broadcast = context.broadcast(weights);
        numbers.map(n -> (int) broadcast.value()[n]).collect();
        broadcast.destroy();
      }
      seconds.add(Turns.seconds(start));
    }
    return Turns.median(seconds.subList(1, seconds.size()));
  }

  /** Seconds: the median over the updates of a fit but the first. */
  private static double ofUpdate(Dataset<Row> rows, int partitions, int units, int updates) {
    List<Double> seconds = new ArrayList<>();
    long count = rows.count();
    new NeuralNetworkClassifier()
        .setHiddenLayers(new int[] {units})
        .setBatchSize((int) count)
        .setNumPartitions(partitions)
        .setAggregationDepth(DEPTH)
        .setMaxIter(updates + 1)
        .setPatience(0)
        .addListener(
            new TrainingListener() {
              @Override
              public void onPass(PassReport report) {
                seconds.add(count / report.samplesPerSecond());
              }
            })
        .fit(rows);
    return Turns.median(seconds.subList(1, seconds.size()));
  }
}
