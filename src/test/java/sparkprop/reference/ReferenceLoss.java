package sparkprop.reference;

import java.util.Arrays;

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
