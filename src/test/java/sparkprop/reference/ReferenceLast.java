package sparkprop.reference;

import java.util.Arrays;

/** The last step of each sequence. */
final class ReferenceLast implements ReferenceLayer {
  private final int features;
  private int[] lengths = {};
  private int size;

  ReferenceLast(int features) {
    this.features = features;
  }

  @Override
  public void setLengths(int[] newLengths) {
    lengths = newLengths;
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    size = x[0].length;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] last = new double[x.length][];
    for (int n = 0; n < x.length; n++) {
      int end = lengths[n] * features;
      last[n] = Arrays.copyOfRange(x[n], end - features, end);
    }
    return last;
  }

  @Override
  public double[][] backward(double[][] delta) {
    double[][] below = new double[delta.length][size];
    for (int n = 0; n < delta.length; n++) {
      System.arraycopy(delta[n], 0, below[n], (lengths[n] - 1) * features, features);
    }
    return below;
  }
}
