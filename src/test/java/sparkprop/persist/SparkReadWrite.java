package sparkprop.persist;

import java.io.File;
import java.nio.file.Path;
import org.apache.spark.ml.util.DefaultReadWriteSuite;

/**
 * Spark's own test of saving and loading stages ({@code DefaultReadWriteTest}), in this directory
 * and on the shared session.
 */
final class SparkReadWrite extends DefaultReadWriteSuite {
  private final Path directory;

  SparkReadWrite(Path directory) {
    this.directory = directory;
  }

  @Override
  public File tempDir() {
    return directory.toFile();
  }
}
