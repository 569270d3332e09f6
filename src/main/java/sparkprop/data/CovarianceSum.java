package sparkprop.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import sparkprop.linalg.blas.Blas;

/**
 * Sums of products of deviations from the mean, {@code (x - mean)(x - mean)^T}, over the rows of
 * neighbouring partitions: the upper triangle, column by column without gaps. Of no rows it is
 * empty, and costs nothing to send.
 */
final class CovarianceSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Numbers of the rows that are multiplied at once (2 MiB): enough for the product's speed. */
  private static final int CHUNK_NUMBERS = 1 << 18;

  private double[] products;

  private CovarianceSum(double[] products) {
    this.products = products;
  }

  /** Of no rows. */
  static CovarianceSum none() {
    return new CovarianceSum(new double[0]);
  }

  /** Reads one partition, in chunks whose size follows from the rows' length alone. */
  static CovarianceSum of(Iterator<NumberedRow> rows, double[] means) {
    if (!rows.hasNext()) {
      return none();
    }
    int n = means.length;
    Blas blas = Blas.instance();
    double[] square = new double[n * n];
    double[] chunk = new double[n * Math.max(1, CHUNK_NUMBERS / n)];
    int filled = 0;
    while (rows.hasNext()) {
      double[] row = rows.next().features().toArray();
      for (int j = 0; j < n; j++) {
        chunk[filled + j] = row[j] - means[j];
      }
      filled += n;
      if (filled == chunk.length || !rows.hasNext()) {
        blas.addGram(n, filled / n, chunk, square);
        filled = 0;
      }
    }
    return new CovarianceSum(packed(n, square));
  }

  private static double[] packed(int n, double[] square) {
    double[] packed = new double[n * (n + 1) / 2];
    for (int j = 0; j < n; j++) {
      System.arraycopy(square, j * n, packed, j * (j + 1) / 2, j + 1);
    }
    return packed;
  }

  /** Takes in the rows that follow. */
  CovarianceSum add(CovarianceSum next) {
    if (products.length == 0) {
      products = next.products;
    } else if (next.products.length > 0) {
      for (int i = 0; i < products.length; i++) {
        products[i] += next.products[i];
      }
    }
    return this;
  }

  /** The covariances of a sample of so many rows, in the same order; the sum is used up. */
  double[] ofSample(long rows) {
    return Arrays.stream(products).map(sum -> sum / (rows - 1)).toArray();
  }
}
