package sparkprop.classification;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.train.step.Placements;

/** Trains and scores under the serializer that its argument names, and prints what came out. */
final class KryoFit {
  private KryoFit() {}

  public static void main(String[] args) {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.serializer", args[0])
            .getOrCreate();
    for (boolean sparse : new boolean[] {false, true}) {
      System.out.println(fitted(session, sparse));
    }
    session.sparkContext().conf().set(Placements.SETTING, "jobs"); // what tasks yield travels
    for (ClusterCase each : ClusterCase.values()) {
      System.out.println(each + " " + ClusterCase.bits(each.fit(session)).hashCode());
    }
    session.stop();
  }

  /**
   * Rows are dealt out over more partitions than there are, so they are shuffled; there are more
   * than a reduction's fan-in of input partitions, so summaries are too.
   */
  private static String fitted(SparkSession session, boolean sparse) {
    Dataset<Row> rows = rows(session, sparse);
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setNetwork("dropout(0.1) dense(8) batchNorm tanh")
            .setStandardization(true)
            .setValidationFraction(0.2)
            .setNumPartitions(20)
            .setBatchSize(200)
            .setMaxIter(3)
            .fit(rows);
    double sum =
        model.transform(rows).collectAsList().stream()
            .mapToDouble(row -> ((Vector) row.getAs("probability")).apply(0))
            .sum();
    return Arrays.hashCode(model.weights().toArray()) + " " + sum;
  }

  private static Dataset<Row> rows(SparkSession session, boolean sparse) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    return session
        .createDataFrame(
            IntStream.range(0, 500)
                .mapToObj(i -> RowFactory.create(features(i, sparse), (double) (i % 3 & 1)))
                .toList(),
            schema)
        .repartition(18);
  }

  private static Vector features(int i, boolean sparse) {
    return sparse
        ? Vectors.sparse(40, new int[] {i % 3, 3 + i % 37}, new double[] {1 + i % 7, Math.sin(i)})
        : Vectors.dense(i % 3, Math.sin(i), Math.cos(3 * i), i % 11);
  }
}
