package sparkprop.train.method;

import sparkprop.nn.CurvatureSum;

/** A sum of squared residuals to make small, by any solver: {@code F(w) = 1/2 sum_k r_k(w)^2}. */
interface Problem {
  /** Where the search begins. */
  float[] start();

  /** Residuals at w. */
  double[] residuals(float[] w);

  /** Their derivatives: one row a residual. */
  double[][] jacobian(float[] w);

  /** Where F is 0. */
  float[] minimum();

  /** {@code (w0 - 1)^2 / 2 + 5 (w1 + 2)^2 + (w2 - 1/2)^2}, convex. */
  static Problem bowl() {
    return new Problem() {
      @Override
      public float[] start() {
        return new float[] {4, -3, 2};
      }

      @Override
      public double[] residuals(float[] w) {
        return new double[] {w[0] - 1.0, Math.sqrt(10) * (w[1] + 2.0), Math.sqrt(2) * (w[2] - 0.5)};
      }

      @Override
      public double[][] jacobian(float[] w) {
        return new double[][] {{1, 0, 0}, {0, Math.sqrt(10), 0}, {0, 0, Math.sqrt(2)}};
      }

      @Override
      public float[] minimum() {
        return new float[] {1, -2, 0.5f};
      }
    };
  }

  /** Rosenbrock's valley, {@code (1 - x)^2 + 100 (y - x^2)^2}, bent. */
  static Problem rosenbrock() {
    return new Problem() {
      @Override
      public float[] start() {
        return new float[] {-1.2f, 1};
      }

      @Override
      public double[] residuals(float[] w) {
        double x = w[0];
        return new double[] {Math.sqrt(2) * (1 - x), Math.sqrt(200) * (w[1] - x * x)};
      }

      @Override
      public double[][] jacobian(float[] w) {
        return new double[][] {{-Math.sqrt(2), 0}, {-2 * Math.sqrt(200) * w[0], Math.sqrt(200)}};
      }

      @Override
      public float[] minimum() {
        return new float[] {1, 1};
      }
    };
  }

  /** F. */
  default double value(float[] w) {
    double sum = 0;
    for (double r : residuals(w)) {
      sum += r * r / 2;
    }
    return sum;
  }

  /** The derivative of F. */
  default float[] gradient(float[] w) {
    double[] r = residuals(w);
    double[][] j = jacobian(w);
    float[] gradient = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      double sum = 0;
      for (int k = 0; k < r.length; k++) {
        sum += r[k] * j[k][i];
      }
      gradient[i] = (float) sum;
    }
    return gradient;
  }

  /** F as one row of weight 1 would yield it. */
  default CurvatureSum curvature(float[] w) {
    double[][] j = jacobian(w);
    double[] matrix = new double[w.length * (w.length + 1) / 2];
    double[] gradient = new double[w.length];
    double[] r = residuals(w);
    for (int a = 0; a < w.length; a++) {
      for (int k = 0; k < r.length; k++) {
        gradient[a] += r[k] * j[k][a];
        for (int b = 0; b <= a; b++) {
          matrix[a * (a + 1) / 2 + b] += j[k][a] * j[k][b];
        }
      }
    }
    return new CurvatureSum(matrix, gradient, value(w), 1);
  }
}
