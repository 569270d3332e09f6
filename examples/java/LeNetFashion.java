import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
 * recognition", 1998) on Fashion-MNIST (Xiao, Rasul and Vollgraf 2017), with full connections
 * between maps, relu for tanh, the largest of 2 x 2 places for their mean, some dropout, and ten
 * softmax units. About 90 % of the test images are commonly reported.
 *
 * <p>Arguments: the folder of Fashion-MNIST's four files, where Debian's dataset-fashion-mnist puts
 * them if not given; then the passes, 15 if not given; then how many training images to take, all
 * 60,000 if not given.
 */
public final class LeNetFashion {
  private static final String LENET =
      "conv(6, 5x5, padding=2) relu maxPool(2x2) conv(16, 5x5) relu maxPool(2x2) flatten"
          + " dropout(0.2) dense(120) relu dense(84) relu";

  private LeNetFashion() {}

  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "/usr/share/datasets/fashion-mnist");
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    int images = args.length > 2 ? Integer.parseInt(args[2]) : 60_000;
    if (!Files.exists(folder.resolve("train-images-idx3-ubyte.gz"))) {
      System.out.printf(
          "Skipped: there is no Fashion-MNIST in %s (Debian's dataset-fashion-mnist).%n", folder);
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .appName("LeNet-5 on Fashion-MNIST")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();
    Dataset<Row> train = read(spark, folder, "train", images);
    Dataset<Row> test = read(spark, folder, "t10k", 10_000);
    System.out.printf("%,d images to train on, %,d to test on%n", train.count(), test.count());

    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setInputShape("1x28x28")
            .setNetwork(LENET)
            .setBatchSize(64)
            .setStepSize(0.002)
            .setStepSizeSchedule("cosine")
            .setMaxIter(passes)
            .setPatience(0)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void onPass(PassReport report) {
                    System.out.printf(
                        Locale.ROOT,
                        "pass %2d: loss %.4f, %,.0f images/s%n",
                        report.pass(),
                        report.objective(),
                        report.samplesPerSecond());
                  }
                })
            .fit(train);
    System.out.println(model.describe());
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(test));
    spark.stop();
    System.out.printf(
        Locale.ROOT, "Test accuracy: %.2f %%; commonly reported: about 90 %%%n", 100 * accuracy);
  }

  /** The first images of a part, pixels from 0 to 1; each task reads the files for itself. */
  private static Dataset<Row> read(SparkSession spark, Path folder, String part, int images) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    String pixels = folder.resolve(part + "-images-idx3-ubyte.gz").toString();
    String labels = folder.resolve(part + "-labels-idx1-ubyte.gz").toString();
    return spark
        .range(0, images, 1, 2)
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>) rows -> rows(rows, pixels, labels),
            Encoders.row(schema))
        .cache();
  }

  private static Iterator<Row> rows(Iterator<Long> numbers, String images, String labels) {
    byte[] pixels = bytes(images, 16);
    byte[] classes = bytes(labels, 8);
    int width = pixels.length / classes.length;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(numbers, 0), false)
        .map(
            number -> {
              int row = Math.toIntExact(number);
              double[] image = new double[width];
              for (int i = 0; i < width; i++) {
                image[i] = (pixels[row * width + i] & 255) / 255.0;
              }
              return RowFactory.create(Vectors.dense(image), (double) classes[row]);
            })
        .iterator();
  }

  private static byte[] bytes(String file, int header) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(file)))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
