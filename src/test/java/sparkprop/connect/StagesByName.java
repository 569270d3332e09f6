package sparkprop.connect;

import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;

/** Prints which of our estimators Spark's list names, and what becomes of the backend. */
final class StagesByName {
  private StagesByName() {}

  public static void main(String[] arguments) {
    Class<?> kind = Estimator.class;
    for (var listed : ServiceLoader.load(kind).stream().toList()) {
      if (listed.type().getName().startsWith("sparkprop.")) {
        System.out.println(listed.get().getClass().getName());
      }
    }
    try {
      System.out.println(new SparkpropBackend().getClass());
    } catch (LinkageError e) {
      System.out.println(e);
    }
  }
}
