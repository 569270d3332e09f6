package sparkprop.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Small made-up data for classifiers: normal clouds of four features around a centre for each
 * class, which a network tells apart in a few passes. Row i is of class i modulo the number of
 * classes. The same call gives the same rows.
 */
public final class Clouds {
  /** Columns features, label, weight (1 to 3) and validates (every fifth row). */
  public static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("validates", DataTypes.BooleanType);

  private static final int FEATURES = 4;

  private Clouds() {}

  /** So many rows of so many classes, in order, in two partitions. */
  public static Dataset<Row> of(int rows, int classes) {
    return of(rows(rows, classes), 2);
  }

  /** These rows in partitions of about equal size. */
  public static Dataset<Row> of(List<Row> rows, int partitions) {
    var spark = SharedSpark.session();
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        SCHEMA);
  }

  /** The rows themselves. */
  public static List<Row> rows(int rows, int classes) {
    Random random = new Random(1);
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = i % classes;
      double[] features = new double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        features[j] = (j == label % FEATURES ? 3 : 0) + random.nextGaussian();
      }
      result.add(
          RowFactory.create(Vectors.dense(features), (double) label, 1.0 + i % 3, i % 5 == 0));
    }
    return result;
  }
}
