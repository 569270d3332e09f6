import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;

import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * How many minutes late is a flight, and is it more than a quarter of an hour? A regressor and a
 * classifier on three million flights in the USA, with airports as sparse one-hot vectors.
 *
 * <p>The flights do not ship with this project. They are a file of the npm package vega-datasets:
 *
 * <pre>
 * npm pack vega-datasets@3.2.1
 * tar -xzf vega-datasets-3.2.1.tgz package/data/flights-3m.parquet
 * </pre>
 *
 * <p>Arguments: the file, then how many passes to train (3 if not given).
 */
public final class FlightDelays {
  private static final String NETWORK = "dense(64) relu dense(32) relu";

  private FlightDelays() {}

  public static void main(String[] args) {
    if (args.length == 0) {
      System.err.println("Usage: FlightDelays flights-3m.parquet [PASSES]");
      System.exit(2);
    }
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop flight delays")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.shuffle.partitions", 8)
            .getOrCreate();

    System.out.printf("Reading %s%n", args[0]);
    Dataset<Row> flights =
        spark
            .read()
            .parquet(args[0])
            .withColumn("seconds", col("date").cast("timestamp").cast("long"))
            .withColumn("hour", hour(col("date")).cast("string"))
            .withColumn("weekday", dayofweek(col("date")).cast("string"))
            .withColumn("late", col("delay").gt(15).cast("double"));

    // By time, as the model would be used: a random split would show it the same bad evenings.
    long cut =
        flights.agg(percentile_approx(col("seconds"), lit(0.8), lit(1000))).first().getLong(0);
    Dataset<Row> train = flights.where(col("seconds").lt(cut));
    Dataset<Row> test = flights.where(col("seconds").geq(cut));

    PipelineModel features = features().fit(train);
    Dataset<Row> trainRows = features.transform(train).select("features", "delay", "late").cache();
    Dataset<Row> testRows = features.transform(test).select("features", "delay", "late").cache();
    System.out.printf(
        Locale.ROOT,
        "%,d flights to train on, %,d later ones to test on%n",
        trainRows.count(),
        testRows.count());

    System.out.println("Training a regressor of the delay in minutes");
    Dataset<Row> delays =
        new NeuralNetworkRegressor()
            .setLabelCol("delay")
            .setNetwork(NETWORK)
            // A few flights are half a day late: beyond one deviation errors count linearly. The
            // delay is standardized inside, and predicted in minutes again.
            .setLoss("huber(1.0)")
            .setMaxIter(passes)
            .addListener(new Progress())
            .fit(trainRows)
            .transform(testRows);
    Row usual =
        trainRows.agg(avg("delay"), percentile_approx(col("delay"), lit(0.5), lit(1000))).first();
    Column mean = lit(usual.getDouble(0));
    Column median = lit((double) usual.getLong(1));
    System.out.printf(
        Locale.ROOT,
        "RMSE %.2f minutes, predicting the mean %.2f%n",
        error("rmse", delays),
        error("rmse", testRows.withColumn("prediction", mean)));
    System.out.printf(
        Locale.ROOT,
        "MAE %.2f minutes, predicting the median %.2f%n%n",
        error("mae", delays),
        error("mae", testRows.withColumn("prediction", median)));

    System.out.println("Training a classifier: more than 15 minutes late?");
    Dataset<Row> late =
        new NeuralNetworkClassifier()
            .setLabelCol("late")
            .setNetwork(NETWORK)
            .setMaxIter(passes)
            .addListener(new Progress())
            .fit(trainRows)
            .transform(testRows);
    double area =
        new BinaryClassificationEvaluator()
            .setLabelCol("late")
            .setMetricName("areaUnderROC")
            .evaluate(late);

    spark.stop();
    System.out.printf(Locale.ROOT, "area under ROC: %.3f%n", area);
  }

  /**
   * Airports, hour and weekday one-hot, beside the distance in deviations; nearly all of a vector
   * is zeros, so it is sparse. Only the distance is scaled: an airport with few flights has a tiny
   * deviation, and dividing by it would give those flights huge features.
   */
  private static Pipeline features() {
    String[] names = {"origin", "destination", "hour", "weekday"};
    StringIndexer indexer =
        new StringIndexer()
            .setInputCols(names)
            .setOutputCols(withSuffix(names, "Index"))
            // Airports that open later.
            .setHandleInvalid("keep");
    OneHotEncoder encoder =
        new OneHotEncoder()
            .setInputCols(withSuffix(names, "Index"))
            .setOutputCols(withSuffix(names, "Vector"));
    VectorAssembler distance =
        new VectorAssembler().setInputCols(new String[] {"distance"}).setOutputCol("miles");
    StandardScaler scaler =
        new StandardScaler().setInputCol("miles").setOutputCol("scaledMiles").setWithMean(true);
    VectorAssembler all =
        new VectorAssembler()
            .setInputCols(
                new String[] {
                  "originVector", "destinationVector", "hourVector", "weekdayVector", "scaledMiles"
                })
            .setOutputCol("features");
    return new Pipeline().setStages(new PipelineStage[] {indexer, encoder, distance, scaler, all});
  }

  private static String[] withSuffix(String[] names, String suffix) {
    return java.util.Arrays.stream(names).map(name -> name + suffix).toArray(String[]::new);
  }

  private static double error(String metric, Dataset<Row> predicted) {
    return new RegressionEvaluator().setLabelCol("delay").setMetricName(metric).evaluate(predicted);
  }

  /** Prints a line a pass. */
  private static final class Progress implements TrainingListener {
    @Override
    public void onPass(PassReport pass) {
      System.out.printf(
          Locale.ROOT,
          "pass %d of %d: loss %.4f, %,.0f flights/s%n",
          pass.pass(),
          pass.of(),
          pass.objective(),
          pass.samplesPerSecond());
    }
  }
}
