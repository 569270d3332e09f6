package sparkprop.interop;

import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.mllib.stat.MultivariateStatisticalSummary;
import scala.Tuple2;

/**
 * Principal directions of some rows, as Spark's {@link RowMatrix} finds them.
 *
 * @param directions one a column, orthogonal and of length 1, the widest first
 * @param variances of the rows along them, of n - 1
 */
// Handed on once, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record PrincipalAxes(Matrix directions, double[] variances) {
  /**
   * The widest directions.
   *
   * @param columns the matrix's own statistics
   * @param count how many of them
   */
  public static PrincipalAxes of(
      RowMatrix rows, MultivariateStatisticalSummary columns, int count) {
    Tuple2<Matrix, Vector> found = rows.computePrincipalComponentsAndExplainedVariance(count);
    double total = 0;
    for (double variance : columns.variance().toArray()) {
      total += variance;
    }
    double[] variances = found._2().toArray().clone();
    for (int i = 0; i < variances.length; i++) {
      variances[i] *= total;
    }
    return new PrincipalAxes(found._1(), variances);
  }
}
