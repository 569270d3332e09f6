import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures ours and a peer in turn, so that both meet the same machine, and prints what came out.
 */
final class Turns {
  private Turns() {}

  /** One measurement. */
  @FunctionalInterface
  interface Turn {
    double take() throws Exception;
  }

  /** One number of each contender a round. */
  record Pairs(double[] ours, double[] peer) {
    /** The median over the rounds of ours : peer. */
    double ratio() {
      double[] ratios = new double[ours.length];
      Arrays.setAll(ratios, i -> ours[i] / peer[i]);
      return median(ratios);
    }

    /** The median over the rounds of peer : ours, for what is better the smaller it is. */
    double inverseRatio() {
      return new Pairs(peer, ours).ratio();
    }
  }

  /** Each has its turn in each round, after one round that does not count. */
  static Pairs alternate(int rounds, Turn ours, Turn peer) throws Exception {
    ours.take();
    peer.take();
    double[] first = new double[rounds];
    double[] second = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      first[i] = ours.take();
      second[i] = peer.take();
    }
    return new Pairs(first, second);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Seconds since a {@link System#nanoTime}. */
  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** One line of the result. */
  static void print(String name, double value) {
    System.out.println(name + " " + String.format(Locale.ROOT, "%.6g", value));
  }
}
