import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, MIT licence) as a DataFrame, pixels / 255. */
final class Fashion {
  /** Of all rows here: features and label. */
  static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType);

  private static final int PARTITIONS = 2;

  private Fashion() {}

  static SparkSession session() {
    SparkSession spark =
        SparkSession.builder()
            .master(System.getProperty("spark.master", "local[2]"))
            .appName("benchmark")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  /**
   * The rows of {@code train} or {@code t10k}: features and label, read from Parquet as any job
   * would. (A DataFrame made of rows on the driver sends them along with every task.)
   */
  static Dataset<Row> read(SparkSession spark, String folder, String part) throws IOException {
    String parquet = "target/benchmarks/fashion-mnist-" + part + ".parquet";
    if (!Files.exists(Path.of(parquet, "_SUCCESS"))) {
      decoded(spark, folder, part).write().mode("overwrite").parquet(parquet);
    }
    return spark.read().parquet(parquet);
  }

  private static Dataset<Row> decoded(SparkSession spark, String folder, String part)
      throws IOException {
    byte[] images = bytes(folder, part + "-images-idx3-ubyte.gz", 16);
    byte[] labels = bytes(folder, part + "-labels-idx1-ubyte.gz", 8);
    int width = images.length / labels.length;
    List<Row> rows = new ArrayList<>(labels.length);
    for (int i = 0; i < labels.length; i++) {
      double[] pixels = new double[width];
      for (int j = 0; j < width; j++) {
        pixels[j] = (images[i * width + j] & 255) / 255.0;
      }
      rows.add(RowFactory.create(Vectors.dense(pixels), (double) labels[i]));
    }
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, PARTITIONS),
        SCHEMA);
  }

  private static byte[] bytes(String folder, String name, int header) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(Path.of(folder, name))))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }
}
