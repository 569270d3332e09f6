package sparkprop.nn;

import java.util.Arrays;
import sparkprop.linalg.blas.Blas;

/**
 * Adds up the Gauss-Newton matrix of some rows, one row of data at a time: each row of the factor
 * of the loss's curvature goes backward through the network and comes out as a row of a Jacobian,
 * whose product with its transpose is the matrix.
 */
final class Curvature {
  /** Rows of the Jacobian that are gathered for one product. */
  private static final int GATHERED = 128;

  private final int n;
  private final double[] full;
  private final double[] gradient;
  private final double[] jacobian;
  private int gathered;
  private double lossSum;
  private double weightSum;

  /**
   * @param n number of trainable weights
   */
  Curvature(int n) {
    this.n = n;
    this.full = new double[Math.multiplyExact(n, n)];
    this.gradient = new double[n];
    this.jacobian = new double[n * GATHERED];
  }

  /** Adds a row's loss, and its gradient. */
  void addLoss(double loss, double weight, float[] rowGradient) {
    lossSum += loss;
    weightSum += weight;
    for (int i = 0; i < n; i++) {
      gradient[i] += rowGradient[i];
    }
  }

  /** Adds the product of a row of the Jacobian with itself. */
  void addRow(float[] row) {
    int from = gathered * n;
    for (int i = 0; i < n; i++) {
      jacobian[from + i] = row[i];
    }
    gathered++;
    if (gathered == GATHERED) {
      multiply();
    }
  }

  private void multiply() {
    // (n x gathered)(gathered x n) -> n x n
    Blas.instance().addGram(n, gathered, jacobian, full);
    gathered = 0;
  }

  /** The sum; nothing may be added any more. */
  CurvatureSum sum() {
    multiply();
    double[] packed = new double[Math.toIntExact(n * (n + 1L) / 2)];
    for (int j = 0; j < n; j++) {
      System.arraycopy(full, j * n, packed, Math.toIntExact(j * (j + 1L) / 2), j + 1);
    }
    return new CurvatureSum(packed, Arrays.copyOf(gradient, n), lossSum, weightSum);
  }
}
