package sparkprop.train.step;

import java.math.BigInteger;

/** Exact arithmetic on products of two non-negative longs, which may need up to 126 bits. */
final class Fraction {
  private Fraction() {}

  /** floor(a * b / divisor), where the result fits a long. */
  static long floor(long a, long b, long divisor) {
    if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
      return a * b / divisor;
    }
    return product(a, b).divide(BigInteger.valueOf(divisor)).longValueExact();
  }

  /** Whether a * b is a multiple of the divisor. */
  static boolean divides(long divisor, long a, long b) {
    if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
      return a * b % divisor == 0;
    }
    return product(a, b).mod(BigInteger.valueOf(divisor)).signum() == 0;
  }

  /** Compares a / b with c / d, for positive b and d. */
  static int compare(long a, long b, long c, long d) {
    int high = Long.compare(Math.multiplyHigh(a, d), Math.multiplyHigh(c, b));
    return high != 0 ? high : Long.compareUnsigned(a * d, c * b);
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
