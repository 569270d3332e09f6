import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;

/** Training samples a second on sparse rows, on demand, as {@link TrainingSpeed} on dense ones. */
public final class SparseTraining {
  private static final int PARTITIONS = 2;
  private static final int PASSES = 3;

  private SparseTraining() {}

  /** Arguments: folder of the rows, features, solver. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    SparkSession spark = Fashion.session();
    Dataset<Row> rows = read(spark, Path.of(args[0]), Integer.parseInt(args[1])).cache();
    rows.count();
    NeuralNetworkClassifier network =
        new NeuralNetworkClassifier()
            .setNetwork("dense(64) relu")
            .setSolver(args[2])
            .setBatchSize(1024)
            .setMaxIter(PASSES)
            .setPatience(0);
    System.out.println("ready");
    try (Scanner turns = new Scanner(System.in)) {
      while (turns.hasNextLine() && !turns.nextLine().equals("end")) {
        System.out.println(TrainingSpeed.measure(network, rows));
      }
    }
    spark.stop();
  }

  private static Dataset<Row> read(SparkSession spark, Path folder, int features)
      throws IOException {
    byte[] labels = Files.readAllBytes(folder.resolve("labels.i1"));
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("indices.i4")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int[] indices = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(indices);
    int nonZeros = indices.length / labels.length;
    double[] ones = new double[nonZeros];
    Arrays.fill(ones, 1);
    List<Row> rows = new ArrayList<>(labels.length);
    for (int i = 0; i < labels.length; i++) {
      int[] row = Arrays.copyOfRange(indices, i * nonZeros, (i + 1) * nonZeros);
      rows.add(RowFactory.create(Vectors.sparse(features, row, ones), (double) labels[i]));
    }
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, PARTITIONS),
        Fashion.SCHEMA);
  }
}
