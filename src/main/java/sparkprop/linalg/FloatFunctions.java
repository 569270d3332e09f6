package sparkprop.linalg;

import java.util.Arrays;

/**
 * exp and its relatives over ranges of floats. Source and target may be the same range; otherwise
 * they do not overlap. NaN gives NaN.
 *
 * <p>exp uses the classical reduction x = n ln 2 + r with |r| at most ln(2) / 2, and puts 2^n
 * together from its bits (Cody and Waite, "Software Manual for the Elementary Functions", 1980);
 * the polynomials and quotients are minimax approximations of ours. There are no branches on
 * values. Errors are in units in the last place (ulp) of the exact result, the largest over all
 * floats whose result is not a denormal number: the tests of a full build measure every one.
 *
 * <p>Numbers are worked on in blocks, copied to and from arrays of our own that begin at 0: the
 * JVM's compiler (17) makes vector instructions only of loops whose arrays all share one index
 * expression.
 */
public final class FloatFunctions {
  private static final int BLOCK = 1024;

  private static final float LOG2_E = 0x1.715476p0f; // 1 / ln 2
  private static final float LN2_HIGH = 0x1.63p-1f; // 9 bits: n * LN2_HIGH is exact
  private static final float LN2_LOW = -2.12194440e-4f; // ln 2 - LN2_HIGH
  // Added to a float of size below 2^22 it rounds it to a whole number, held in the lowest bits.
  private static final float ROUNDER = 0x1.8p23f;

  // Where exp is 0 and infinite.
  private static final float LOWEST = -87.5f;
  private static final float HIGHEST = 89f;

  private FloatFunctions() {}

  /** Replaces the first n numbers of t by the function's; h is as long as t and free to use. */
  private interface Block {
    void apply(float[] t, float[] h, int n);
  }

  private static void inBlocks(
      float[] x, int xOffset, float[] y, int yOffset, int n, Block function) {
    float[] t = new float[Math.min(n, BLOCK)];
    float[] h = new float[t.length];
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(n - from, BLOCK);
      System.arraycopy(x, xOffset + from, t, 0, m);
      function.apply(t, h, m);
      System.arraycopy(t, 0, y, yOffset + from, m);
    }
  }

  /**
   * y = e^x, at most 1.5 ulp off. From 88.7229 on infinity; below -86.98, where results come near
   * the denormal numbers (which are slow to compute with), 0.
   */
  public static void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, (t, h, m) -> exp(t, h, m, HIGHEST));
  }

  /** y = e^x - 1, at most 1.8 ulp off, also where x is near 0. */
  public static void expm1(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, (t, h, m) -> expm1(t, h, m, LOWEST, HIGHEST));
  }

  /** y = tanh x = (e^2x - 1) / (e^2x + 1), at most 2.6 ulp off. */
  public static void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, FloatFunctions::tanh);
  }

  /** y = 1 / (1 + e^-x), at most 2.5 ulp off; 0 where exp is. */
  public static void logistic(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, FloatFunctions::logistic);
  }

  /** y = ln(1 + e^x), at most 2.9 ulp off; 0 where exp is. */
  public static void softplus(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, FloatFunctions::softplus);
  }

  /**
   * y = erf x, the error function 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x; at most
   * 7.3 ulp off.
   */
  public static void erf(float[] x, int xOffset, float[] y, int yOffset, int n) {
    inBlocks(x, xOffset, y, yOffset, n, FloatFunctions::erf);
  }

  /**
   * a_ij = e^(z_ij - m_i) / sum_k e^(z_ik - m_i) with m_i the largest z of row i, so that nothing
   * overflows. Where z is more than 60 below m (probabilities below 1e-26) a is 0, for the reason
   * given at exp. A row with NaN or positive infinity becomes NaN.
   *
   * @param z (rows x cols), row-major from its first element
   * @param a likewise, overwritten; may be z itself
   */
  public static void softmax(float[] z, float[] a, int rows, int cols) {
    for (int row = 0; row < rows * cols; row += cols) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = row; i < row + cols; i++) {
        max = Math.max(max, z[i]);
      }
      for (int i = row; i < row + cols; i++) {
        float d = z[i] - max;
        a[i] = d + 1e6f * Math.min(0f, d + 60f);
      }
    }
    exp(a, 0, a, 0, rows * cols);
    for (int row = 0; row < rows * cols; row += cols) {
      float sum = (float) VectorMath.sum(a, row, cols);
      for (int i = row; i < row + cols; i++) {
        a[i] /= sum;
      }
    }
  }

  private static void exp(float[] t, float[] h, int n, float highest) {
    halfPowersOfTwo(t, h, n, LOWEST, highest);
    for (int i = 0; i < n; i++) {
      float x = t[i];
      float k = (x * LOG2_E + ROUNDER) - ROUNDER;
      float r = (x - k * LN2_HIGH) - k * LN2_LOW;
      float p = 0.0083667105f + r * 0.0013946678f;
      p = 0.5f + r * (0.16666542f + r * (0.04166628f + r * p));
      t[i] = (1f + (r + (r * r) * p)) * h[i] * 2f;
    }
  }

  private static void expm1(float[] t, float[] h, int n, float lowest, float highest) {
    halfPowersOfTwo(t, h, n, lowest, highest);
    for (int i = 0; i < n; i++) {
      float x = t[i];
      float k = (x * LOG2_E + ROUNDER) - ROUNDER;
      float r = (x - k * LN2_HIGH) - k * LN2_LOW;
      float p = 0.0083667105f + r * 0.0013946678f;
      p = 0.5f + r * (0.16666542f + r * (0.04166628f + r * p));
      // 2^n (e^r - 1) + (2^n - 1)
      t[i] = (h[i] * (r + (r * r) * p) + (h[i] - 0.5f)) * 2f;
    }
  }

  /**
   * Confines t, and sets h = 2^(n - 1) with n the whole number nearest to t / ln 2; 0 for n below
   * -125.
   */
  private static void halfPowersOfTwo(float[] t, float[] h, int n, float lowest, float highest) {
    for (int i = 0; i < n; i++) {
      t[i] = Math.max(Math.min(t[i], highest), lowest);
      h[i] = t[i] * LOG2_E + ROUNDER;
    }
    for (int i = 0; i < n; i++) {
      // The lowest nine bits of h are n; those of 2^(n - 1) are its exponent, n - 1 + 127.
      h[i] = Float.intBitsToFloat((Float.floatToRawIntBits(h[i]) + 126) << 23);
    }
  }

  private static void tanh(float[] t, float[] h, int n) {
    for (int i = 0; i < n; i++) {
      t[i] = t[i] * 2f;
    }
    expm1(t, h, n, -20f, 20f); // beyond, tanh is 1 to the last bit
    for (int i = 0; i < n; i++) {
      t[i] = t[i] / (t[i] + 2f);
    }
  }

  private static void logistic(float[] t, float[] h, int n) {
    exp(t, h, n, 30f); // beyond, the function is 1 to the last bit
    for (int i = 0; i < n; i++) {
      t[i] = t[i] / (1f + t[i]);
    }
  }

  private static void softplus(float[] t, float[] h, int n) {
    float[] x = Arrays.copyOf(t, n);
    for (int i = 0; i < n; i++) {
      t[i] = -Math.abs(t[i]);
    }
    exp(t, h, n, 0f);
    for (int i = 0; i < n; i++) {
      // ln(1 + e) = 2 artanh w with w = e / (2 + e), at most 1/3
      float w = t[i] / (2f + t[i]);
      float u = w * w;
      float p = 0.33333206f + u * (0.2001085f + u * (0.13999571f + u * 0.1401223f));
      t[i] = Math.max(x[i], 0f) + 2f * (w + (w * u) * p);
    }
  }

  private static void erf(float[] t, float[] h, int n) {
    for (int i = 0; i < n; i++) {
      float x = Math.max(Math.min(t[i], 3.92f), -3.92f); // beyond, erf is 1 to the last bit
      float u = x * x;
      float p = 4.6389196e-6f + u * -1.2973906e-8f;
      p = 0.05429717f + u * (0.0038506768f + u * (0.00037803903f + u * p));
      p = 1.1283792f + u * (0.18535128f + u * p);
      float q = 0.0013057003f + u * 6.267835e-5f;
      q = 1f + u * (0.49759668f + u * (0.113984816f + u * (0.015458442f + u * q)));
      t[i] = Math.max(Math.min((x * p) / q, 1f), -1f);
    }
  }
}
