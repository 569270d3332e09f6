import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * A network in a Spark ML pipeline, on handwritten digits: scale, project on principal components,
 * train, score, compare with MLlib's own perceptron, save and load.
 */
public final class Quickstart {
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args.length > 0 ? args[0] : "examples/data/digits.csv.gz");
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop quickstart")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();

    System.out.printf("Reading %s%n", data);
    Dataset<Row>[] split = readDigits(spark, data).randomSplit(new double[] {0.8, 0.2}, 1797);
    Dataset<Row> train = split[0].coalesce(1).cache();
    Dataset<Row> test = split[1].coalesce(1).cache();
    System.out.printf(
        Locale.ROOT, "%d digits to train on, %d to test on%n", train.count(), test.count());

    NeuralNetworkClassifier network =
        new NeuralNetworkClassifier()
            .setFeaturesCol("components")
            .setHiddenLayers(new int[] {64})
            .setBatchSize(64)
            .setStepSize(0.005)
            .setMaxIter(20)
            .setValidationFraction(0.1)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void onPass(PassReport pass) {
                    System.out.printf(
                        Locale.ROOT,
                        "pass %2d: loss %.4f, validation accuracy %.3f, %,.0f samples/s%n",
                        pass.pass(),
                        pass.objective(),
                        pass.validationAccuracy(),
                        pass.samplesPerSecond());
                  }
                });

    System.out.println("Training StandardScaler -> PCA -> NeuralNetworkClassifier");
    PipelineModel model = pipelineEndingWith(network).fit(train);
    NeuralNetworkClassificationModel trained = (NeuralNetworkClassificationModel) model.stages()[2];
    System.out.printf("%n%s%n", trained.describe());
    System.out.printf("Stopped because %s.%n", trained.summary().stopReason());
    double accuracy = accuracyOf(model, test);
    System.out.printf(Locale.ROOT, "Sparkprop's accuracy on the test digits: %.3f%n%n", accuracy);

    System.out.println("Training the same pipeline with MLlib's MultilayerPerceptronClassifier");
    MultilayerPerceptronClassifier perceptron =
        new MultilayerPerceptronClassifier()
            .setFeaturesCol("components")
            .setLayers(new int[] {40, 64, 10})
            .setSeed(1);
    System.out.printf(
        Locale.ROOT,
        "MLlib's accuracy on the test digits: %.3f%n%n",
        accuracyOf(pipelineEndingWith(perceptron).fit(train), test));

    String saved = Files.createTempDirectory("sparkprop-quickstart").resolve("digits").toString();
    model.write().overwrite().save(saved);
    System.out.printf("Saved the pipeline to %s%n", saved);
    double loaded = accuracyOf(PipelineModel.load(saved), test);
    if (loaded != accuracy) {
      throw new IllegalStateException("The loaded pipeline predicts otherwise: " + loaded);
    }
    System.out.println("Loaded it again: it predicts the same.");

    spark.stop();
    System.out.printf(Locale.ROOT, "test accuracy: %.3f%n", accuracy);
  }

  /** 64 pixels, then the digit, in each line; the pixels become one vector. */
  private static Dataset<Row> readDigits(SparkSession spark, Path data) {
    Dataset<Row> table =
        spark
            .read()
            .option("inferSchema", true)
            .csv(data.toString())
            .withColumnRenamed("_c64", "label");
    String[] pixels = java.util.Arrays.copyOf(table.columns(), 64);
    return new VectorAssembler()
        .setInputCols(pixels)
        .setOutputCol("features")
        .transform(table)
        .select("features", "label");
  }

  /** Each pixel to mean 0 and deviation 1, then the 40 leading components, then a classifier. */
  private static Pipeline pipelineEndingWith(PipelineStage classifier) {
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("features")
            .setOutputCol("scaled")
            .setWithMean(true)
            .setWithStd(true);
    PCA pca = new PCA().setInputCol("scaled").setOutputCol("components").setK(40);
    return new Pipeline().setStages(new PipelineStage[] {scaler, pca, classifier});
  }

  private static double accuracyOf(PipelineModel model, Dataset<Row> digits) {
    return new MulticlassClassificationEvaluator()
        .setMetricName("accuracy")
        .evaluate(model.transform(digits));
  }
}
