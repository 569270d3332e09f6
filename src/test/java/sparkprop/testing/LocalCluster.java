package sparkprop.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the integration tests' one session on executors that are processes of their own to
 * constructors, life-cycle and test methods that ask for a {@link SparkSession}: three executors of
 * one core, under a master and workers in this JVM.
 *
 * <p>The session is started for the first class that asks and ends after the last; a test must not
 * stop it, puts back whatever setting it changes, and leaves it with three executors. Tasks are
 * watched for speculation, but none is repeated unless a test lowers {@code
 * spark.speculation.multiplier}.
 */
public final class LocalCluster implements ParameterResolver {
  /** Executors at rest. */
  public static final int EXECUTORS = 3;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(LocalCluster.class))
        .getOrComputeIfAbsent(Running.class)
        .session;
  }

  /** Stopped by JUnit at the end. */
  private static final class Running implements AutoCloseable {
    private final SparkSession session = start();

    @Override
    public void close() {
      session.stop();
    }
  }

  private static SparkSession start() {
    return builder(EXECUTORS, 1)
        .config("spark.speculation", true)
        .config("spark.speculation.interval", "20ms")
        .config("spark.speculation.multiplier", 1e9)
        .getOrCreate();
  }

  /**
   * A session on executors of its own, in a JVM that has no other session, and whose {@code
   * SPARK_HOME} is a folder that no other JVM uses.
   *
   * @param executors how many
   * @param cores of each
   */
  public static SparkSession.Builder builder(int executors, int cores) {
    try {
      linkJars(Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SparkSession.builder()
        .master("local-cluster[%d,%d,1024]".formatted(executors, cores))
        .appName("sparkprop-cluster-tests")
        .config("spark.executor.extraClassPath", directories())
        // They live for a minute.
        .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        // A block that is looked for where an executor died is not waited for long.
        .config("spark.shuffle.io.retryWait", "200ms")
        .config("spark.sql.shuffle.partitions", 4);
  }

  /** An executor's class path is this folder and what the setting above adds. */
  private static void linkJars(Path folder) throws IOException {
    try (var stale = Files.list(folder)) {
      for (Path link : stale.toList()) {
        Files.delete(link);
      }
    }
    for (String jar : ChildJvm.classPath(Files::isRegularFile)) {
      Path target = Path.of(jar).toAbsolutePath();
      Files.createSymbolicLink(folder.resolve(target.getFileName()), target);
    }
  }

  private static String directories() {
    List<String> directories = ChildJvm.classPath(Files::isDirectory);
    return directories.stream()
        .map(directory -> Path.of(directory).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
