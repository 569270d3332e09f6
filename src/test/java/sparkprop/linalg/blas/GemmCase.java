package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One random product: matrices somewhere inside larger arrays full of NaN, which a kernel must
 * neither read nor write.
 */
record GemmCase(
    boolean transA,
    boolean transB,
    int m,
    int n,
    int k,
    float alpha,
    float beta,
    Matrix a,
    Matrix b,
    Matrix c) {

  /** A matrix as it is stored. */
  record Matrix(float[] array, int offset, int ld, int rows, int cols) {
    static Matrix random(SplittableRandom random, int rows, int cols, boolean gaps) {
      int offset = random.nextInt(5);
      int ld = cols + (gaps ? random.nextInt(4) : 0);
      float[] array = new float[offset + rows * ld + random.nextInt(3)];
      Arrays.fill(array, Float.NaN);
      Matrix matrix = new Matrix(array, offset, ld, rows, cols);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(uniform(random, cols), 0, array, matrix.at(i, 0), cols);
      }
      return matrix;
    }

    int at(int i, int j) {
      return offset + i * ld + j;
    }

    double get(boolean trans, int i, int j) {
      return array[trans ? at(j, i) : at(i, j)];
    }
  }

  static GemmCase random(SplittableRandom random, int m, int n, int k) {
    boolean transA = random.nextBoolean();
    boolean transB = random.nextBoolean();
    boolean gaps = random.nextBoolean();
    float[] alphas = {1f, 1f, -0.5f, 2f, 0f};
    float[] betas = {0f, 1f, 0.25f};
    return new GemmCase(
        transA,
        transB,
        m,
        n,
        k,
        alphas[random.nextInt(alphas.length)],
        betas[random.nextInt(betas.length)],
        Matrix.random(random, transA ? k : m, transA ? m : k, gaps),
        Matrix.random(random, transB ? n : k, transB ? k : n, gaps),
        Matrix.random(random, m, n, gaps));
  }

  static float[] uniform(SplittableRandom random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (2 * random.nextDouble() - 1);
    }
    return x;
  }

  /** C's array after the product. */
  float[] product(Blas blas) {
    float[] got = c.array.clone();
    blas.gemm(
        transA, transB, m, n, k, alpha, a.array, a.offset, a.ld, b.array, b.offset, b.ld, beta, got,
        c.offset, c.ld);
    return got;
  }

  void check(Blas blas) {
    float[] got = product(blas);
    float[] rest = got.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = beta * (double) c.array[c.at(i, j)];
        double size = Math.abs(sum);
        for (int l = 0; l < k; l++) {
          double product = alpha * a.get(transA, i, l) * b.get(transB, l, j);
          sum += product;
          size += Math.abs(product);
        }
        // Each of at most k + 3 roundings is off by 2^-24 of a partial sum, which is at most the
        // sizes' sum.
        assertThat((double) got[c.at(i, j)])
            .as("element (%d, %d) of %s on %s", i, j, this, blas)
            .isBetween(sum - (k + 3) * 0x1p-24 * size, sum + (k + 3) * 0x1p-24 * size);
        rest[c.at(i, j)] = Float.NaN;
      }
    }
    assertThat(rest).as("what lies around C, after %s on %s", this, blas).containsOnly(Float.NaN);
  }

  @Override
  public String toString() {
    return "%s%s %dx%dx%d alpha %s beta %s"
        .formatted(transA ? "T" : "N", transB ? "T" : "N", m, n, k, alpha, beta);
  }
}
