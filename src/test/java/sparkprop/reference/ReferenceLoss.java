package sparkprop.reference;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** The loss of one row's outputs, and its derivative by them. */
public interface ReferenceLoss {

  /** C, of outputs a and targets t. */
  double value(double[] a, double[] t);

  /** {@code dC/da}. */
  double[] derive(double[] a, double[] t);

  /** {@code -sum_k t[k] log a[k]}, for outputs that sum to 1. */
  record CategoricalCrossEntropy() implements ReferenceLoss {
    @Override
    public double value(double[] a, double[] t) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum -= t[k] * Math.log(a[k]);
      }
      return sum;
    }

    @Override
    public double[] derive(double[] a, double[] t) {
      double[] d = new double[a.length];
      Arrays.setAll(d, k -> -t[k] / a[k]);
      return d;
    }
  }

  /** {@code -sum_k (t[k] log a[k] + (1 - t[k]) log(1 - a[k]))}, for outputs between 0 and 1. */
  record BinaryCrossEntropy() implements ReferenceLoss {
    @Override
    public double value(double[] a, double[] t) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum -= t[k] * Math.log(a[k]) + (1 - t[k]) * Math.log(1 - a[k]);
      }
      return sum;
    }

    @Override
    public double[] derive(double[] a, double[] t) {
      double[] d = new double[a.length];
      Arrays.setAll(d, k -> -t[k] / a[k] + (1 - t[k]) / (1 - a[k]));
      return d;
    }
  }

  /** {@code -(1 - p)^gamma log p} of the p that goes with the t of 1, for outputs that sum to 1. */
  record Focal(double gamma) implements ReferenceLoss {
    @Override
    public double value(double[] a, double[] t) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum -= t[k] * Math.pow(1 - a[k], gamma) * Math.log(a[k]);
      }
      return sum;
    }

    @Override
    public double[] derive(double[] a, double[] t) {
      double[] d = new double[a.length];
      Arrays.setAll(
          d,
          k ->
              t[k]
                  * (gamma * Math.pow(1 - a[k], gamma - 1) * Math.log(a[k])
                      - Math.pow(1 - a[k], gamma) / a[k]));
      return d;
    }
  }

  /** The sum over outputs of a function of one output and its target. */
  record Sum(DoubleBinaryOperator of, DoubleBinaryOperator slope) implements ReferenceLoss {
    /** {@code |a - t|}. */
    static Sum absolute() {
      return new Sum((a, t) -> Math.abs(a - t), (a, t) -> Math.signum(a - t));
    }

    /** {@code (a - t)^2 / 2}, or {@code delta |a - t| - delta^2 / 2} beyond delta. */
    static Sum huber(double delta) {
      return new Sum(
          (a, t) ->
              Math.abs(a - t) > delta
                  ? delta * Math.abs(a - t) - delta * delta / 2
                  : (a - t) * (a - t) / 2,
          (a, t) -> Math.abs(a - t) > delta ? delta * Math.signum(a - t) : a - t);
    }

    /** q of what is missing, or 1 - q of what is too much. */
    static Sum quantile(double q) {
      return new Sum(
          (a, t) -> a < t ? q * (t - a) : (1 - q) * (a - t), (a, t) -> a < t ? -q : 1 - q);
    }

    /** {@code a - t log(a + 1e-8)}. */
    static Sum poisson() {
      return new Sum((a, t) -> a - t * Math.log(a + 1e-8), (a, t) -> 1 - t / (a + 1e-8));
    }

    @Override
    public double value(double[] a, double[] t) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum += of.applyAsDouble(a[k], t[k]);
      }
      return sum;
    }

    @Override
    public double[] derive(double[] a, double[] t) {
      double[] d = new double[a.length];
      Arrays.setAll(d, k -> slope.applyAsDouble(a[k], t[k]));
      return d;
    }
  }

  /** {@code 1/2 sum_k (a[k] - t[k])^2}. */
  record SquaredError() implements ReferenceLoss {
    @Override
    public double value(double[] a, double[] t) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum += (a[k] - t[k]) * (a[k] - t[k]) / 2;
      }
      return sum;
    }

    @Override
    public double[] derive(double[] a, double[] t) {
      double[] d = new double[a.length];
      Arrays.setAll(d, k -> a[k] - t[k]);
      return d;
    }
  }
}
