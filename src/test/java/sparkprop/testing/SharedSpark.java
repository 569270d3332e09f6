package sparkprop.testing;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the test JVM's one local Spark session to constructors, life-cycle and test methods that
 * ask for a {@link SparkSession}: {@code @ExtendWith(SharedSpark.class)}. A static initialiser or a
 * helper takes it from {@link #session()}.
 *
 * <p>The session is started by the first class that asks and ends with the JVM; a test must not
 * stop it, and puts back whatever setting it changes. It runs two tasks at a time ({@code
 * local[2]}), shuffles into four partitions and has no UI.
 */
public final class SharedSpark implements ParameterResolver {

  /** The session, started at the first call. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return session();
  }

  /** Initialised by the JVM once, under its own lock. */
  private static final class Holder {
    static final SparkSession SESSION =
        SparkSession.builder()
            .master("local[2]")
            .appName("sparkprop-tests")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .getOrCreate();

    private Holder() {}
  }
}
