package sparkprop.interop;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Columns that Spark's {@code Predictor.fit} looks up unquoted to cast them, before it calls {@code
 * train}, and so do its metrics.
 */
final class CastColumns {
  private CastColumns() {}

  /**
   * Refuses names that Spark would misread.
   *
   * @param params of a stage; those that are not defined are passed over
   * @throws IllegalArgumentException if a name has a dot or a backtick in it
   */
  @SafeVarargs
  static void check(Params stage, Param<String>... params) {
    for (Param<String> param : params) {
      if (stage.isDefined(param)) {
        check(param.name(), stage.getOrDefault(param));
      }
    }
  }

  private static void check(String param, String name) {
    if (name.contains(".") || name.contains("`")) {
      throw new IllegalArgumentException(
          ("Column '%s' (Param %s) has a dot or a backtick in its name, which Spark takes for a path"
                  + " into a struct or for a quote when fit casts labels and weights: give it a"
                  + " plain name with withColumn.")
              .formatted(name, param));
    }
  }
}
