package sparkprop.reference;

/**
 * Inverted dropout. Which values are dropped is told from outside, because that is a convention and
 * not a formula.
 */
final class ReferenceDropout implements ReferenceLayer {

  /** Whether a value is kept. */
  @FunctionalInterface
  interface Mask {
    boolean keeps(long rowNumber, int unit);
  }

  private final double p;
  private final Mask mask;
  private long[] rowNumbers = {};

  ReferenceDropout(double p, Mask mask) {
    this.p = p;
    this.mask = mask;
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    rowNumbers = sample.rowNumbers();
    return masked(x);
  }

  @Override
  public double[][] score(double[][] x) {
    return x;
  }

  @Override
  public double[][] backward(double[][] delta) {
    return masked(delta);
  }

  private double[][] masked(double[][] x) {
    double[][] a = new double[x.length][];
    for (int n = 0; n < x.length; n++) {
      a[n] = new double[x[n].length];
      for (int j = 0; j < x[n].length; j++) {
        a[n][j] = mask.keeps(rowNumbers[n], j) ? x[n][j] / (1 - p) : 0;
      }
    }
    return a;
  }
}
