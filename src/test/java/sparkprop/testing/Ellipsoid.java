package sparkprop.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Vectors spread around (10, -20, 30, 0, 5), widely in two oblique directions, little in others.
 */
public final class Ellipsoid {
  private static final double[][] WIDE = {{3, 3, 0, 0, 3}, {0, 2, -2, 1, 0}};
  private static final double[] CENTRE = {10, -20, 30, 0, 5};
  private static final StructType SCHEMA =
      new StructType().add("features", SQLDataTypes.VectorType());

  private Ellipsoid() {}

  /** So many rows in two partitions, one column "features"; the same each time. */
  public static Dataset<Row> of(int rows) {
    Random random = new Random(6);
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = CENTRE.clone();
      for (double[] direction : WIDE) {
        double along = random.nextGaussian();
        for (int j = 0; j < x.length; j++) {
          x[j] += along * direction[j];
        }
      }
      for (int j = 0; j < x.length; j++) {
        x[j] += 0.3 * random.nextGaussian();
      }
      result.add(RowFactory.create(Vectors.dense(x)));
    }
    var spark = SharedSpark.session();
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(result, 2), SCHEMA);
  }

  /** A column of vectors as an array, rows x numbers. */
  public static double[][] column(Dataset<Row> rows, String name) {
    return rows.select(name).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toArray(double[][]::new);
  }

  /** Covariances of the columns, of n - 1. */
  public static double[][] covariance(double[][] x) {
    int n = x[0].length;
    double[] mean = new double[n];
    for (double[] row : x) {
      for (int j = 0; j < n; j++) {
        mean[j] += row[j] / x.length;
      }
    }
    double[][] result = new double[n][n];
    for (double[] row : x) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          result[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (x.length - 1);
        }
      }
    }
    return result;
  }
}
