package sparkprop.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.cluster.JobScope;

/** DataFrames (features, label, weight, validates) whose partitions a test lays out itself. */
final class Frames {
  static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("validates", DataTypes.BooleanType);

  static final Columns PLAIN = new Columns("features", "label", false, null, null);
  static final Columns WEIGHTED = new Columns("features", "label", false, "weight", null);
  static final Columns ALL = new Columns("features", "label", false, "weight", "validates");

  private Frames() {}

  /** The input of a fit, whose jobs run in a scope of their own. */
  static PlannedInput planned(Dataset<?> dataset, Columns columns, ValidationDraw draw)
      throws InterruptedException {
    SparkContext context = dataset.sparkSession().sparkContext();
    return PlannedInput.of(dataset, columns, draw, new JobScope(context, "test"));
  }

  static Row row(@Nullable Vector features, @Nullable Double label, @Nullable Double weight) {
    return RowFactory.create(features, label, weight, false);
  }

  static Row row(double feature, double label) {
    return row(Vectors.dense(feature), label, 1.0);
  }

  /**
   * {@code count} rows of one feature, which is their number from {@code first} on, and label 0 or
   * 1.
   */
  static List<Row> count(int first, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      rows.add(row(i, i % 2));
    }
    return rows;
  }

  /** Partitions of these sizes, with rows counted through. */
  static Dataset<Row> counting(SparkSession spark, int... sizes) {
    List<List<Row>> partitions = new ArrayList<>();
    int first = 0;
    for (int size : sizes) {
      partitions.add(count(first, size));
      first += size;
    }
    return of(spark, partitions);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // Arrays.asList only reads them
  static Dataset<Row> of(SparkSession spark, List<Row>... partitions) {
    return of(spark, Arrays.asList(partitions));
  }

  static Dataset<Row> of(SparkSession spark, List<List<Row>> partitions) {
    return spark.createDataFrame(rdd(spark, partitions), SCHEMA);
  }

  static JavaRDD<Row> rdd(SparkSession spark, List<List<Row>> partitions) {
    List<List<Row>> serializable = new ArrayList<>();
    partitions.forEach(partition -> serializable.add(new ArrayList<>(partition)));
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(serializable, partitions.size())
        .flatMap(List::iterator);
  }
}
