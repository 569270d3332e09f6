package sparkprop.interop;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import sparkprop.data.Columns;

/**
 * Rows that count: all but those of weight 0, which may hold anything and must reach no metric,
 * where 0 times NaN would be NaN and a class of theirs one more class.
 */
public final class WeighedRows {
  private WeighedRows() {}

  /**
   * The rows that count.
   *
   * @param weightCol the stage's Param that may name a column of weights
   * @throws IllegalArgumentException if it names one that is missing or not numeric
   */
  public static Dataset<?> of(Params stage, Param<String> weightCol, Dataset<?> rows) {
    String weights = OptionalColumn.of(stage, weightCol).orElse("");
    if (weights.isEmpty()) {
      return rows;
    }
    Columns.weights(rows.schema(), weights);
    // A null weight is no 0: it stays, for the metrics to stumble over.
    return rows.where(
        functions.not(Columns.column(rows, weights).cast("float").eqNullSafe(functions.lit(0f))));
  }
}
