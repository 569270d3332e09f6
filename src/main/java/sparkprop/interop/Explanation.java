package sparkprop.interop;

import java.util.Arrays;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Option;

/** What {@code explainParam} says: Spark's own words, with the content of arrays and '' for "". */
final class Explanation {
  private Explanation() {}

  static String of(Params stage, Param<?> param) {
    String defaultText = text("default: ", stage.getDefault(param));
    String currentText = text("current: ", stage.get(param));
    String comma = defaultText.isEmpty() || currentText.isEmpty() ? "" : ", ";
    return "%s: %s (%s)"
        .formatted(
            param.name(),
            param.doc(),
            stage.isDefined(param) ? defaultText + comma + currentText : "undefined");
  }

  private static String text(String label, Option<?> value) {
    return value.isDefined() ? label + text(value.get()) : "";
  }

  private static String text(Object value) {
    if (value instanceof int[] whole) {
      return Arrays.toString(whole);
    }
    if (value.equals("")) {
      return "''"; // of which nothing would be seen
    }
    return value instanceof double[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
