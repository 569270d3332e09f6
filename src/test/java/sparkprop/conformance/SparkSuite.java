package sparkprop.conformance;

import java.io.File;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.feature.BinarizerSuite;
import org.apache.spark.sql.classic.SparkSession;
import sparkprop.testing.SharedSpark;

/**
 * The checks of Spark's traits {@code MLTest} and {@code DefaultReadWriteTest}, on the shared
 * session. Java cannot mix traits with state, so this extends one of Spark's suites that does; that
 * suite's own tests are never run.
 */
final class SparkSuite extends BinarizerSuite {
  private final Path directory;

  /**
   * The checks.
   *
   * @param directory for what they save
   */
  SparkSuite(Path directory) {
    this.directory = directory;
  }

  @Override
  public SparkSession spark() {
    return (SparkSession) SharedSpark.session();
  }

  @Override
  public SparkContext sc() {
    return spark().sparkContext();
  }

  @Override
  public File tempDir() {
    return directory.toFile();
  }
}
