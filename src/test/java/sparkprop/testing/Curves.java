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
 * Made-up data for regressors: y = 1000 + 300 (sin 2 a + b^2) and a second target that is 0.01 (a -
 * b), so that units differ. The same call gives the same rows.
 */
public final class Curves {
  /** Columns features, label (y), labels (both), weight (1 to 3), validates (every fifth row). */
  public static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("labels", SQLDataTypes.VectorType())
          .add("weight", DataTypes.DoubleType)
          .add("validates", DataTypes.BooleanType);

  private Curves() {}

  /** So many rows in two partitions. */
  public static Dataset<Row> of(int rows) {
    return of(rows(rows), 2);
  }

  /** These rows in partitions of about equal size. */
  public static Dataset<Row> of(List<Row> rows, int partitions) {
    var spark = SharedSpark.session();
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        SCHEMA);
  }

  /** The rows themselves. */
  public static List<Row> rows(int rows) {
    Random random = new Random(3);
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double a = 2 * random.nextDouble() - 1;
      double b = 2 * random.nextDouble() - 1;
      double y = 1000 + 300 * (Math.sin(2 * a) + b * b);
      result.add(
          RowFactory.create(
              Vectors.dense(a, b), y, Vectors.dense(y, 0.01 * (a - b)), 1.0 + i % 3, i % 5 == 0));
    }
    return result;
  }
}
