package sparkprop.reference;

import java.util.Arrays;

/**
 * Rows to train on or to score. All values are representable as floats, so that the engine can be
 * given exactly the same.
 *
 * @param x features, rows x in
 * @param targets rows x target width; a class index stands in a width of 1
 * @param weights each row's weight
 * @param rowNumbers each row's number in the whole input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sample(double[][] x, double[][] targets, double[] weights, long[] rowNumbers) {

  /** Rows numbered from 0, all of weight 1. */
  public static Sample of(double[][] x, double[][] targets) {
    double[] ones = new double[x.length];
    long[] numbers = new long[x.length];
    Arrays.fill(ones, 1);
    Arrays.setAll(numbers, i -> i);
    return new Sample(x, targets, ones, numbers);
  }

  /** How many rows there are. */
  public int rows() {
    return x.length;
  }

  /** The same rows with these weights. */
  public Sample withWeights(double... newWeights) {
    return new Sample(x, targets, newWeights, rowNumbers);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Sample rows(int from, int to) {
    int[] indices = new int[to - from];
    Arrays.setAll(indices, i -> from + i);
    return rows(indices);
  }

  /** These rows, in this order. */
  public Sample rows(int... indices) {
    return new Sample(
        Arrays.stream(indices).mapToObj(i -> x[i]).toArray(double[][]::new),
        Arrays.stream(indices).mapToObj(i -> targets[i]).toArray(double[][]::new),
        Arrays.stream(indices).mapToDouble(i -> weights[i]).toArray(),
        Arrays.stream(indices).mapToLong(i -> rowNumbers[i]).toArray());
  }

  /** The same rows with a constant row subtracted from their features. */
  public Sample minus(float[] shift) {
    double[][] shifted = new double[x.length][shift.length];
    for (int n = 0; n < x.length; n++) {
      for (int i = 0; i < shift.length; i++) {
        shifted[n][i] = x[n][i] - shift[i];
      }
    }
    return new Sample(shifted, targets, weights, rowNumbers);
  }
}
