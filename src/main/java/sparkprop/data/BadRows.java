package sparkprop.data;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * How many rows cannot be trained on, and where the first of them stands.
 *
 * @param count rows with a null, NaN or infinite value, or a negative weight
 * @param example the first in order of partition and position: where it is, which column, what
 *     value
 */
record BadRows(long count, @Nullable String example) implements Serializable {

  static final BadRows NONE = new BadRows(0, null);

  BadRows plus(BadRows next) {
    return new BadRows(count + next.count, example == null ? next.example : example);
  }

  /**
   * This count and one more row, if that row is bad. Numbers that float32 cannot hold count as
   * infinite, since that is what they would become.
   *
   * @param features the entries of the row's vector, if it has one
   * @param targets likewise of its label
   */
  BadRows plus(InputRow row, NonZeros features, NonZeros targets, Columns columns) {
    String fault = fault(row, features, targets, columns);
    if (fault == null) {
      return this;
    }
    return new BadRows(
        count + 1, example == null ? row.place() + ", where column " + fault : example);
  }

  private static @Nullable String fault(
      InputRow row, NonZeros features, NonZeros targets, Columns columns) {
    Vector vector = row.features();
    if (vector == null) {
      return holds(columns.features(), "null");
    }
    int index = firstInfinite(features);
    if (index >= 0) {
      return holds(columns.features(), vector.apply(index) + " at index " + index);
    }
    Vector label = row.label();
    if (label == null) {
      return holds(columns.label(), "null");
    }
    int target = firstInfinite(targets);
    if (target >= 0) {
      String where = columns.vectorLabel() ? " at index " + target : "";
      return holds(columns.label(), label.apply(target) + where);
    }
    if (columns.weight() != null && (!finite(row.weight()) || row.weight() < 0)) {
      return holds(columns.weight(), row, Columns.WEIGHT);
    }
    if (columns.validationIndicator() != null && row.row().isNullAt(Columns.VALIDATES)) {
      return holds(columns.validationIndicator(), "null");
    }
    return null;
  }

  private static int firstInfinite(NonZeros features) {
    double[] values = features.values();
    for (int k = 0; k < features.count(); k++) {
      if (!finite(values[k])) {
        return features.indices()[k];
      }
    }
    return -1;
  }

  private static boolean finite(double value) {
    return Float.isFinite((float) value);
  }

  private static String holds(String column, InputRow row, int at) {
    return holds(column, row.row().isNullAt(at) ? "null" : String.valueOf(row.row().getDouble(at)));
  }

  private static String holds(String column, String value) {
    return "'" + column + "' holds " + value;
  }

  /**
   * Refuses an input with bad rows.
   *
   * @throws IllegalArgumentException if there is any
   */
  void check() {
    if (count > 0) {
      throw new IllegalArgumentException(
          ("The input has %d %s with a null, NaN or infinite value or a negative weight, the first"
                  + " in %s; drop or mend such rows before fit.")
              .formatted(count, count == 1 ? "row" : "rows", example));
    }
  }
}
