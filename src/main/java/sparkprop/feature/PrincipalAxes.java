package sparkprop.feature;

import java.util.stream.IntStream;
import sparkprop.linalg.blas.SymmetricEigen;

/**
 * The principal directions of some rows, the widest first: orthogonal, of length 1, and each turned
 * so that its largest component is positive, because a direction's sign is nobody's choice.
 *
 * @param size numbers of a row
 * @param directions one after the other, of {@code size} numbers each
 * @param variances of the rows along them
 */
// Handed on once, never compared.
@SuppressWarnings("ArrayRecordComponent")
record PrincipalAxes(int size, double[] directions, double[] variances) {

  /**
   * The widest directions.
   *
   * @param size numbers of a row
   * @param covariances the upper triangle column by column, without gaps
   * @param count how many of them
   */
  static PrincipalAxes of(int size, double[] covariances, int count) {
    double[] square = new double[size * size];
    for (int j = 0; j < size; j++) {
      System.arraycopy(covariances, j * (j + 1) / 2, square, j * size, j + 1);
    }
    double[] ascending = SymmetricEigen.decompose(size, square);
    double[] directions = new double[count * size];
    double[] variances = new double[count];
    for (int k = 0; k < count; k++) {
      int from = size - 1 - k;
      variances[k] = Math.max(0, ascending[from]); // rounding may leave less
      System.arraycopy(square, from * size, directions, k * size, size);
      turn(directions, k * size, size);
    }
    return new PrincipalAxes(size, directions, variances);
  }

  private static void turn(double[] directions, int at, int size) {
    int largest = at;
    for (int j = at; j < at + size; j++) {
      largest = Math.abs(directions[j]) > Math.abs(directions[largest]) ? j : largest;
    }
    if (directions[largest] < 0) {
      for (int j = at; j < at + size; j++) {
        directions[j] = 0 - directions[j];
      }
    }
  }

  /**
   * Whether the rows count as constant along a direction.
   *
   * @param tol the share of the largest variance up to which they do
   */
  boolean constant(int direction, double tol) {
    return !(variances[direction] > Math.max(tol, rounding()) * variances[0]);
  }

  /** How many directions count as constant although the rows do differ along them. */
  long narrow(double tol) {
    return IntStream.range(0, variances.length)
        .filter(k -> constant(k, tol) && !constant(k, 0))
        .count();
  }

  /** The share that rounding makes of a variance of 0, by numpy's measure in matrix_rank. */
  private double rounding() {
    return size * Math.ulp(1.0);
  }

  /** The directions, each times this power of its variance; those that count as constant 0. */
  double[] scaled(double power, double tol) {
    double[] result = new double[directions.length];
    for (int k = 0; k < variances.length; k++) {
      double factor = constant(k, tol) ? 0 : Math.pow(variances[k], power);
      for (int j = k * size; j < (k + 1) * size; j++) {
        result[j] = directions[j] * factor;
      }
    }
    return result;
  }
}
