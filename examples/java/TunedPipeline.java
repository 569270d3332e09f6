import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;

/**
 * Which network, and which step size? A network is a text, so Spark's CrossValidator searches
 * architectures as it searches numbers: here in a pipeline behind StandardScaler and PCA, on the
 * handwritten digits that ship with the project.
 *
 * <p>Arguments: the file of digits, then the most passes of each training (15 if not given), then
 * the folds (3 if not given).
 */
public final class TunedPipeline {
  private TunedPipeline() {}

  public static void main(String[] args) {
    Path data = Path.of(args.length > 0 ? args[0] : "examples/data/digits.csv.gz");
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    int folds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop tuned pipeline")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();

    System.out.printf("Reading %s%n", data);
    Dataset<Row>[] split = readDigits(spark, data).randomSplit(new double[] {0.8, 0.2}, 1797);
    Dataset<Row> train = split[0].coalesce(1).cache();
    Dataset<Row> test = split[1].coalesce(1).cache();

    StandardScaler scaler =
        new StandardScaler().setInputCol("features").setOutputCol("scaled").setWithMean(true);
    PCA pca = new PCA().setInputCol("scaled").setOutputCol("components").setK(40);
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier()
            .setFeaturesCol("components")
            .setBatchSize(64)
            .setMaxIter(passes);

    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                classifier.network(),
                CollectionConverters.asScala(
                    List.of("dense(64) relu", "dense(64) relu dropout(0.2)", "dense(16) tanh")))
            .addGrid(classifier.stepSize(), new double[] {0.0005, 0.005})
            .build();
    CrossValidator search =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {scaler, pca, classifier}))
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setNumFolds(folds)
            // One at a time: with two side by side, the plain Java LAPACK behind Spark's PCA has
            // been
            // seen not to converge. Our own fits do not mind.
            .setParallelism(1)
            .setSeed(1);

    System.out.printf(
        Locale.ROOT,
        "Training %d pipelines on each of %d folds of %,d digits%n",
        grid.length,
        folds,
        train.count());
    CrossValidatorModel found = search.fit(train);

    System.out.printf("%n%-30s %10s %10s%n", "network", "stepSize", "accuracy");
    double[] accuracies = found.avgMetrics();
    for (int i = 0; i < grid.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "%-30s %10s %10.3f%n",
          grid[i].apply(classifier.network()),
          grid[i].apply(classifier.stepSize()),
          accuracies[i]);
    }

    PipelineModel best = (PipelineModel) found.bestModel();
    NeuralNetworkClassificationModel network = (NeuralNetworkClassificationModel) best.stages()[2];
    System.out.printf(
        Locale.ROOT,
        "%nBest, trained again on all folds: %s, stepSize %s%n%n%s%n",
        network.network(),
        network.getStepSize(),
        network.describe());
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(best.transform(test));

    spark.stop();
    System.out.printf(Locale.ROOT, "test accuracy of the best: %.3f%n", accuracy);
  }

  /** 64 pixels, then the digit, in each line; the pixels become one vector. */
  private static Dataset<Row> readDigits(SparkSession spark, Path data) {
    Dataset<Row> table =
        spark
            .read()
            .option("inferSchema", true)
            .csv(data.toString())
            .withColumnRenamed("_c64", "label");
    return new VectorAssembler()
        .setInputCols(Arrays.copyOf(table.columns(), 64))
        .setOutputCol("features")
        .transform(table)
        .select("features", "label");
  }
}
