package sparkprop.data;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * One row of the input as {@link Columns#select} gives it, and where it stands.
 *
 * @param partition input partition, from 0
 * @param position its number among all rows of that partition, from 0
 * @param validates whether it validates rather than trains
 */
record InputRow(int partition, long position, Row row, boolean validates) {

  @Nullable Vector features() {
    return row.isNullAt(Columns.FEATURES) ? null : row.getAs(Columns.FEATURES);
  }

  /** The label's numbers: one, or those of a vector. */
  @Nullable Vector label() {
    if (row.isNullAt(Columns.LABEL)) {
      return null;
    }
    return row.get(Columns.LABEL) instanceof Vector vector
        ? vector
        : Vectors.dense(row.getDouble(Columns.LABEL));
  }

  /** The weight, NaN for null. */
  double weight() {
    return number(row, Columns.WEIGHT);
  }

  /** Where the row stands, for a message. */
  String place() {
    return "row " + position + " of partition " + partition;
  }

  /** A weight that float32 cannot tell from 0 is 0. */
  static boolean weighsNothing(Row row) {
    double weight = number(row, Columns.WEIGHT);
    return weight >= 0 && (float) weight == 0;
  }

  private static double number(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }
}
