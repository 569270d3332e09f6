import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;

/**
 * The first convolutional network trained by backpropagation, on the zip codes it read: LeCun et
 * al., "Backpropagation applied to handwritten zip code recognition", Neural Computation 1 (1989).
 * They report 0.14 % of errors on 7,291 training digits and 5.0 % (102 of 2,007) on test digits
 * after 23 passes.
 *
 * <p>First a network with their layers, targets and on-line updates; then one with the same number
 * of weights that subsamples by pools instead of strides, trained as is usual today.
 *
 * <p>Arguments: the folder with usps-train.csv.gz and usps-test.csv.gz (the label and 16 x 16
 * pixels from -1 to 1 a line; from the R package ElemStatLearn), ../shared/data if not given; then
 * the passes, 23 if not given; then how many seeds, 5 if not given.
 */
public final class LeNetZipCodes {
  /**
   * 12 maps of 8 x 8, 12 of 4 x 4, 30 units. In the paper each map of the second layer saw 8 of the
   * 12 below and each unit of a map had a bias of its own: 9,760 weights; here they are 10,024.
   */
  private static final String PAPERS =
      "conv(12, 5x5, stride=2, padding=2) lecunTanh conv(12, 5x5, stride=2, padding=2) lecunTanh"
          + " dense(30) lecunTanh";

  private static final String POOLED =
      "conv(12, 5x5, padding=2) relu maxPool(2x2) conv(12, 5x5, padding=2) relu maxPool(2x2)"
          + " dropout(0.3) dense(30) relu";

  private LeNetZipCodes() {}

  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "../shared/data");
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 23;
    int seeds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    if (!Files.exists(folder.resolve("usps-train.csv.gz"))) {
      System.out.printf("Skipped: there is no usps-train.csv.gz in %s.%n", folder);
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .appName("LeNet on zip codes")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();
    Dataset<Row> train = read(spark, folder.resolve("usps-train.csv.gz"));
    Dataset<Row> test = read(spark, folder.resolve("usps-test.csv.gz"));
    System.out.printf("%,d digits to train on, %,d to test on%n", train.count(), test.count());

    NeuralNetworkClassifier papers =
        new NeuralNetworkClassifier()
            .setNetwork(PAPERS)
            .setLoss("squaredError")
            .setSolver("sgd")
            .setStepSize(0.01)
            .setBatchSize(1);
    NeuralNetworkClassifier pooled =
        new NeuralNetworkClassifier()
            .setNetwork(POOLED)
            .setStepSize(0.003)
            .setStepSizeSchedule("cosine")
            .setBatchSize(32);
    double asThen = meanError("The paper's layers, on-line", papers, passes, seeds, train, test);
    double asNow = meanError("Pools and Adam", pooled, passes, seeds, train, test);
    spark.stop();
    System.out.printf(
        Locale.ROOT,
        "Test error: %.2f %% with the paper's layers, %.2f %% with pools; published: 5.0 %%%n",
        asThen,
        asNow);
  }

  private static Dataset<Row> read(SparkSession spark, Path file) {
    Dataset<Row> table = spark.read().option("inferSchema", true).csv(file.toString());
    String[] columns = table.columns();
    return new VectorAssembler()
        .setInputCols(Arrays.copyOfRange(columns, 1, columns.length))
        .setOutputCol("features")
        .transform(table)
        .select(functions.col("features"), functions.col(columns[0]).cast("double").as("label"))
        .coalesce(1)
        .cache();
  }

  /** In percent of the test digits. */
  private static double meanError(
      String name,
      NeuralNetworkClassifier classifier,
      int passes,
      int seeds,
      Dataset<Row> train,
      Dataset<Row> test) {
    classifier.setInputShape("1x16x16").setMaxIter(passes).setPatience(0);
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      NeuralNetworkClassificationModel model = classifier.setSeed(seed).fit(train);
      double error = error(model, test);
      sum += error;
      System.out.printf(
          Locale.ROOT,
          "%s, seed %d, %d passes, %,d weights: %.2f %% of training, %.2f %% of test digits wrong%n",
          name,
          seed,
          passes,
          model.numParameters(),
          error(model, train),
          error);
    }
    return sum / seeds;
  }

  private static double error(NeuralNetworkClassificationModel model, Dataset<Row> digits) {
    return 100
        * (1
            - new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(model.transform(digits)));
  }
}
