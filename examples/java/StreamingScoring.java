import static org.apache.spark.sql.functions.col;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;

/**
 * A model on a stream of files (Structured Streaming). One query scores what arrives with a model
 * that stays as it is; another goes on training with each micro-batch, from the weights of the last
 * model.
 *
 * <p>Arguments: the file of digits, then the passes over each micro-batch (10 if not given).
 */
public final class StreamingScoring {
  private static final int DIGITS_IN_A_FILE = 250;

  private static final MulticlassClassificationEvaluator ACCURACY =
      new MulticlassClassificationEvaluator().setMetricName("accuracy");

  private StreamingScoring() {}

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args.length > 0 ? args[0] : "examples/data/digits.csv.gz");
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop streaming")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();

    List<String> lines = lines(data);
    Path folder = Files.createTempDirectory("sparkprop-streaming");
    Path arrivals = Files.createDirectory(folder.resolve("arrivals"));
    Path known = Files.write(folder.resolve("known.csv"), lines.subList(0, 100));
    Path held = Files.write(folder.resolve("held.csv"), lines.subList(1350, lines.size()));
    Dataset<Row> test = digits(spark.read().schema(schema()).csv(held.toString())).cache();

    NeuralNetworkClassifier network =
        new NeuralNetworkClassifier()
            .setNetwork("dense(64) relu")
            .setStandardization(true)
            .setBatchSize(32)
            .setStepSize(0.005)
            .setMaxIter(passes);
    NeuralNetworkClassificationModel first =
        network.fit(digits(spark.read().schema(schema()).csv(known.toString())));
    double before = ACCURACY.evaluate(first.transform(test));
    System.out.printf(Locale.ROOT, "A model of the first 100 digits: test accuracy %.3f%n", before);

    // Each file that comes is a micro-batch of its own.
    Dataset<Row> stream =
        digits(
            spark
                .readStream()
                .schema(schema())
                .option("maxFilesPerTrigger", 1)
                .csv(arrivals.toString()));

    drop(lines, 100, 2, arrivals);
    score(first, stream, folder);
    drop(lines, 600, 3, arrivals);
    System.out.println("Three files more; the checkpoint knows which are done:");
    score(first, stream, folder);

    System.out.println("Training on with each file:");
    Learner learner = new Learner(network, first);
    stream
        .writeStream()
        .foreachBatch(learner::learn)
        .option("checkpointLocation", folder.resolve("learning").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    double after = ACCURACY.evaluate(learner.model.transform(test));

    spark.stop();
    System.out.printf(
        Locale.ROOT, "test accuracy: %.3f before the stream, %.3f after it%n", before, after);
  }

  /** All files that have come since the last time, then the query ends. */
  private static void score(
      NeuralNetworkClassificationModel model, Dataset<Row> stream, Path folder) throws Exception {
    model
        .transform(stream)
        .writeStream()
        .foreachBatch(
            (Dataset<Row> scored, Long batch) -> {
              System.out.printf(
                  Locale.ROOT,
                  "scored file %d: %d digits, accuracy %.3f%n",
                  batch + 1,
                  scored.count(),
                  ACCURACY.evaluate(scored));
            })
        .option("checkpointLocation", folder.resolve("scoring").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
  }

  /** Keeps the last model; micro-batches come one after the other. */
  private static final class Learner {
    private final NeuralNetworkClassifier network;
    private NeuralNetworkClassificationModel model;

    Learner(NeuralNetworkClassifier network, NeuralNetworkClassificationModel first) {
      this.network = network;
      this.model = first;
    }

    /** Scored first, so that the accuracy is that on digits not seen before. */
    void learn(Dataset<Row> batch, Long number) {
      // Read several times: once from the file, then from memory.
      Dataset<Row> digits = batch.coalesce(1).persist();
      double unseen = ACCURACY.evaluate(model.transform(digits));
      model = network.setInitialModel(model).fit(digits);
      System.out.printf(
          Locale.ROOT,
          "learnt file %d: accuracy %.3f before, %.3f after%n",
          number + 1,
          unseen,
          ACCURACY.evaluate(model.transform(digits)));
      digits.unpersist();
    }
  }

  /** Writes files of digits beside the folder and moves them in, so that none is seen half done. */
  private static void drop(List<String> lines, int from, int files, Path arrivals)
      throws IOException {
    for (int i = 0; i < files; i++) {
      int begin = from + i * DIGITS_IN_A_FILE;
      String name = "digits-%d.csv".formatted(begin);
      Path written = arrivals.resolveSibling(name);
      Files.write(written, lines.subList(begin, begin + DIGITS_IN_A_FILE));
      Files.move(written, arrivals.resolve(name));
    }
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (int pixel = 0; pixel < 64; pixel++) {
      schema = schema.add("pixel" + pixel, DataTypes.DoubleType);
    }
    return schema.add("digit", DataTypes.DoubleType);
  }

  /** Pixels as one vector; the label says that there are ten classes, should a file lack one. */
  private static Dataset<Row> digits(Dataset<Row> table) {
    return new VectorAssembler()
        .setInputCols(Arrays.copyOf(table.columns(), 64))
        .setOutputCol("features")
        .transform(table)
        .select(
            col("features"),
            col("digit")
                .as("label", NominalAttribute.defaultAttr().withNumValues(10).toMetadata()));
  }

  private static List<String> lines(Path packed) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(packed)), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }
}
