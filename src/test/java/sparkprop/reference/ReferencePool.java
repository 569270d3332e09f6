package sparkprop.reference;

import java.util.Arrays;

/** The largest number, or the mean with zeros for the padding, of what a window sees of a map. */
final class ReferencePool implements ReferenceLayer {
  private final ReferenceMaps maps;
  private final boolean largest;
  private double[][] input = {};

  ReferencePool(ReferenceMaps maps, boolean largest) {
    this.maps = maps;
    this.largest = largest;
  }

  /** What the window sees at a place, as indices of the row. */
  private int[] seen(int c, int y, int x) {
    int[] kernel = maps.kernel();
    int[] all = new int[kernel[0] * kernel[1]];
    Arrays.setAll(all, k -> maps.index(c, y, x, k / kernel[1], k % kernel[1]));
    return Arrays.stream(all).filter(k -> k >= 0).toArray();
  }

  /** The share of each seen number in the value of its place. */
  private double share(double[] row, int[] seen, int k) {
    if (!largest) {
      return 1.0 / (maps.kernel()[0] * maps.kernel()[1]);
    }
    for (int other : seen) {
      if (row[other] > row[k] || (row[other] == row[k] && other < k)) {
        return 0;
      }
    }
    return 1;
  }

  private interface Share {
    void take(int a, int place, double share);
  }

  private void forEachShare(double[] row, Share take) {
    for (int c = 0; c < maps.in()[0]; c++) {
      for (int y = 0; y < maps.outHeight(); y++) {
        for (int x = 0; x < maps.outWidth(); x++) {
          int[] seen = seen(c, y, x);
          for (int a : seen) {
            take.take(a, maps.place(c, y, x), share(row, seen, a));
          }
        }
      }
    }
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] all = new double[x.length][maps.in()[0] * maps.outHeight() * maps.outWidth()];
    for (int n = 0; n < x.length; n++) {
      double[] row = x[n];
      double[] values = all[n];
      forEachShare(row, (a, place, share) -> values[place] += share * row[a]);
    }
    return all;
  }

  @Override
  public double[][] backward(double[][] delta) {
    double[][] inputDelta = new double[delta.length][input[0].length];
    for (int n = 0; n < delta.length; n++) {
      double[] d = delta[n];
      double[] below = inputDelta[n];
      forEachShare(input[n], (a, place, share) -> below[a] += share * d[place]);
    }
    return inputDelta;
  }

  /**
   * Where another number would be the largest after a small step. Equal ones, zeros of relu for
   * example, move together or not at all.
   */
  @Override
  public boolean nearKink(double margin) {
    if (!largest) {
      return false;
    }
    boolean near = false;
    for (double[] row : input) {
      for (int c = 0; c < maps.in()[0]; c++) {
        for (int y = 0; y < maps.outHeight(); y++) {
          for (int x = 0; x < maps.outWidth(); x++) {
            double[] values = Arrays.stream(seen(c, y, x)).mapToDouble(a -> row[a]).toArray();
            double most = Arrays.stream(values).max().orElseThrow();
            near |= Arrays.stream(values).anyMatch(v -> v < most && v > most - margin);
          }
        }
      }
    }
    return near;
  }
}
