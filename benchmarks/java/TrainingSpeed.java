import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * Training samples a second through the Spark estimator, on demand: for each line on standard input
 * it fits once and answers with one number, so that a peer can be measured in turn while this
 * process rests.
 */
public final class TrainingSpeed {
  private TrainingSpeed() {}

  /** Arguments: folder of Fashion-MNIST, network, shape of a row, batch size, passes of a fit. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> train = Fashion.read(spark, args[0], "train").cache();
    train.count();
    System.out.println("ready");
    try (Scanner turns = new Scanner(System.in)) {
      while (turns.hasNextLine() && !turns.nextLine().equals("end")) {
        NeuralNetworkClassifier network =
            adam(args[1], Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        System.out.println(measure(network.setInputShape(args[2]), train));
      }
    }
    spark.stop();
  }

  /** As {@link #measure(NeuralNetworkClassifier, Dataset)}, of Adam. */
  static double measure(Dataset<Row> train, String network, int batchSize, int passes) {
    return measure(adam(network, batchSize, passes), train);
  }

  private static NeuralNetworkClassifier adam(String network, int batchSize, int passes) {
    return new NeuralNetworkClassifier()
        .setNetwork(network)
        .setBatchSize(batchSize)
        .setMaxIter(passes)
        .setPatience(0);
  }

  /** The median over the passes of one fit but the first, which also loads and compiles code. */
  static double measure(NeuralNetworkClassifier network, Dataset<Row> train) {
    List<Double> speeds = new ArrayList<>();
    network
        .copy(new ParamMap())
        .addListener(
            new TrainingListener() {
              @Override
              public void onPass(PassReport report) {
                speeds.add(report.samplesPerSecond());
              }
            })
        .fit(train);
    return Turns.median(speeds.subList(1, speeds.size()));
  }
}
