package sparkprop.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * rnn, lstm and gru: row by row, step by step, backpropagation through time by the chain rule. All
 * of them put {@code a = x W + b} and {@code p = h' U} together, h' being the state a step before,
 * and gru adds a second bias to the last part of p.
 */
final class ReferenceRecurrent implements ReferenceLayer {
  private final String kind;
  private final int steps;
  private final int features;
  private final int n;
  private final int truncate;
  private final List<Direction> directions = new ArrayList<>();
  private double[][] input = {};
  private int[] lengths = {};
  private DoubleUnaryOperator rounding = x -> x;

  private ReferenceRecurrent(
      String kind, int steps, int features, int n, boolean both, int truncate) {
    this.kind = kind;
    this.steps = steps;
    this.features = features;
    this.n = n;
    this.truncate = truncate;
    directions.add(new Direction(false));
    if (both) {
      directions.add(new Direction(true));
    }
  }

  static ReferenceRecurrent of(Word word, int steps, int features) {
    Map<String, String> arguments = word.arguments();
    return new ReferenceRecurrent(
        word.name(),
        steps,
        features,
        word.whole(),
        Boolean.parseBoolean(arguments.get("bidirectional")),
        Integer.parseInt(arguments.getOrDefault("truncate", "0")));
  }

  int outputs() {
    return directions.size() * n;
  }

  private int gates() {
    return switch (kind) {
      case "lstm" -> 4;
      case "gru" -> 3;
      default -> 1;
    };
  }

  /** What a step computed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Step(double[] a, double[] p, double[] h, double[] c) {}

  private final class Direction {
    final boolean reverse;
    final double[] w = new double[features * gates() * n];
    final double[] u = new double[n * gates() * n];
    final double[] b = new double[gates() * n];
    final double[] c = new double[n];
    final double[] dw = new double[w.length];
    final double[] du = new double[u.length];
    final double[] db = new double[b.length];
    final double[] dc = new double[n];

    Direction(boolean reverse) {
      this.reverse = reverse;
    }

    int at(int s, int length) {
      return reverse ? length - 1 - s : s;
    }

    /** The steps of a row, in the order in which they are read. */
    List<Step> read(double[] x, int length) {
      List<Step> read = new ArrayList<>();
      Step before = new Step(b, b, new double[n], new double[n]);
      for (int s = 0; s < length; s++) {
        double[] a = b.clone();
        addProduct(a, x, at(s, length) * features, features, w);
        double[] p = new double[b.length];
        if (kind.equals("gru")) {
          System.arraycopy(c, 0, p, 2 * n, n);
        }
        addProduct(p, before.h, 0, n, u);
        before = state(a, p, before);
        read.add(before);
      }
      return read;
    }

    Step state(double[] a, double[] p, Step before) {
      double[] h = new double[n];
      double[] memory = new double[n];
      for (int j = 0; j < n; j++) {
        switch (kind) {
          case "rnn" -> h[j] = Math.tanh(a[j] + p[j]);
          case "lstm" -> {
            double i = logistic(a[j] + p[j]);
            double f = logistic(a[n + j] + p[n + j]);
            double g = Math.tanh(a[2 * n + j] + p[2 * n + j]);
            double o = logistic(a[3 * n + j] + p[3 * n + j]);
            memory[j] = rounding.applyAsDouble(f * before.c[j] + i * g);
            h[j] = o * Math.tanh(memory[j]);
          }
          default -> {
            double r = logistic(a[j] + p[j]);
            double z = logistic(a[n + j] + p[n + j]);
            double m = Math.tanh(a[2 * n + j] + r * p[2 * n + j]);
            h[j] = (1 - z) * m + z * before.h[j];
          }
        }
        h[j] = rounding.applyAsDouble(h[j]);
      }
      return new Step(a, p, h, memory);
    }

    /** Derives a row; {@code delta} is steps x outputs, of which those from {@code from} count. */
    void derive(double[] x, int length, double[] delta, int from, double[] below) {
      List<Step> read = read(x, length);
      double[] dh = new double[n];
      double[] dMemory = new double[n];
      for (int s = length - 1; s >= 0; s--) {
        int t = at(s, length);
        for (int j = 0; j < n; j++) {
          dh[j] += delta[t * outputs() + from + j];
        }
        Step before = s == 0 ? new Step(b, b, new double[n], new double[n]) : read.get(s - 1);
        double[] da = new double[b.length];
        double[] dp = new double[b.length];
        double[] dBefore = new double[n];
        deriveState(read.get(s), before, dh, dMemory, da, dp, dBefore);
        for (int k = 0; k < b.length; k++) {
          db[k] = rounding.applyAsDouble(db[k] + da[k]);
          for (int i = 0; i < features; i++) {
            int at = i * b.length + k;
            dw[at] = rounding.applyAsDouble(dw[at] + x[t * features + i] * da[k]);
            below[t * features + i] =
                rounding.applyAsDouble(below[t * features + i] + da[k] * w[at]);
          }
          for (int i = 0; i < n; i++) {
            int at = i * b.length + k;
            du[at] = rounding.applyAsDouble(du[at] + before.h[i] * dp[k]);
            dBefore[i] = rounding.applyAsDouble(dBefore[i] + dp[k] * u[at]);
          }
          if (kind.equals("gru") && k >= 2 * n) {
            dc[k - 2 * n] = rounding.applyAsDouble(dc[k - 2 * n] + dp[k]);
          }
        }
        dh = dBefore;
        if (truncate > 0 && s > 0 && Math.max(t, at(s - 1, length)) % truncate == 0) {
          Arrays.fill(dh, 0);
          Arrays.fill(dMemory, 0);
        }
      }
    }

    /** Sets da, dp and what goes to h' directly, and makes dc of dc'. */
    void deriveState(
        Step now,
        Step before,
        double[] dh,
        double[] dMemory,
        double[] da,
        double[] dp,
        double[] dBefore) {
      double[] a = now.a;
      double[] p = now.p;
      for (int j = 0; j < n; j++) {
        switch (kind) {
          case "rnn" -> {
            da[j] = dh[j] * (1 - now.h[j] * now.h[j]);
            dp[j] = da[j];
          }
          case "lstm" -> {
            double i = logistic(a[j] + p[j]);
            double f = logistic(a[n + j] + p[n + j]);
            double g = Math.tanh(a[2 * n + j] + p[2 * n + j]);
            double o = logistic(a[3 * n + j] + p[3 * n + j]);
            double tanh = Math.tanh(now.c[j]);
            double d = dMemory[j] + dh[j] * o * (1 - tanh * tanh);
            da[j] = d * g * i * (1 - i);
            da[n + j] = d * before.c[j] * f * (1 - f);
            da[2 * n + j] = d * i * (1 - g * g);
            da[3 * n + j] = dh[j] * tanh * o * (1 - o);
            for (int gate = 0; gate < 4; gate++) {
              dp[gate * n + j] = da[gate * n + j];
            }
            dMemory[j] = rounding.applyAsDouble(d * f);
          }
          default -> {
            double r = logistic(a[j] + p[j]);
            double z = logistic(a[n + j] + p[n + j]);
            double m = Math.tanh(a[2 * n + j] + r * p[2 * n + j]);
            da[2 * n + j] = dh[j] * (1 - z) * (1 - m * m);
            dp[2 * n + j] = da[2 * n + j] * r;
            da[j] = da[2 * n + j] * p[2 * n + j] * r * (1 - r);
            da[n + j] = dh[j] * (before.h[j] - m) * z * (1 - z);
            dp[j] = da[j];
            dp[n + j] = da[n + j];
            dBefore[j] = dh[j] * z;
          }
        }
      }
    }
  }

  private static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** sums += x W, with the {@code count} numbers of x from an offset on. */
  private void addProduct(double[] sums, double[] x, int offset, int count, double[] w) {
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] = rounding.applyAsDouble(sums[k] + x[offset + i] * w[i * sums.length + k]);
      }
    }
  }

  @Override
  public void setLengths(int[] newLengths) {
    lengths = newLengths;
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    return score(x);
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] all = new double[x.length][steps * outputs()];
    for (int row = 0; row < x.length; row++) {
      for (int d = 0; d < directions.size(); d++) {
        List<Step> read = directions.get(d).read(x[row], lengths[row]);
        for (int s = 0; s < read.size(); s++) {
          int t = directions.get(d).at(s, lengths[row]);
          System.arraycopy(read.get(s).h, 0, all[row], t * outputs() + d * n, n);
        }
      }
    }
    return all;
  }

  @Override
  public double[][] backward(double[][] delta) {
    gradients().values().forEach(g -> Arrays.fill(g, 0));
    double[][] below = new double[delta.length][input[0].length];
    for (int row = 0; row < delta.length; row++) {
      for (int d = 0; d < directions.size(); d++) {
        directions.get(d).derive(input[row], lengths[row], delta[row], d * n, below[row]);
      }
    }
    return below;
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  private Map<String, double[]> named(boolean gradients) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (Direction d : directions) {
      named.put(d.reverse ? "reverseInputWeight" : "inputWeight", gradients ? d.dw : d.w);
      named.put(d.reverse ? "reverseRecurrentWeight" : "recurrentWeight", gradients ? d.du : d.u);
      named.put(d.reverse ? "reverseBias" : "bias", gradients ? d.db : d.b);
      if (kind.equals("gru")) {
        named.put(d.reverse ? "reverseRecurrentBias" : "recurrentBias", gradients ? d.dc : d.c);
      }
    }
    return named;
  }

  @Override
  public Map<String, double[]> parameters() {
    return named(false);
  }

  @Override
  public Map<String, double[]> gradients() {
    return named(true);
  }
}
