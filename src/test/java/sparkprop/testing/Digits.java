package sparkprop.testing;

import java.util.Arrays;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The handwritten digits that ship with the examples: {@code features} of 64 pixels, {@code label}.
 */
public final class Digits {
  private Digits() {}

  /** All 1,797 rows, in the order of the file, in one partition. */
  public static Dataset<Row> read(SparkSession spark) {
    Dataset<Row> table =
        spark
            .read()
            .option("inferSchema", true)
            .csv("examples/data/digits.csv.gz")
            .withColumnRenamed("_c64", "label");
    return new VectorAssembler()
        .setInputCols(Arrays.copyOf(table.columns(), 64))
        .setOutputCol("features")
        .transform(table)
        .select("features", "label");
  }
}
