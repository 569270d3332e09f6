package sparkprop.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as the grammar writes them. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  /** Digits before or after the point from which the exponent form is shorter to read. */
  private static final int LONGEST_PLAIN = 7;

  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  private Numbers() {}

  /** The number that a text stands for; nothing if it is none, or too large for a double. */
  static Optional<Double> parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double x = Double.parseDouble(text) + 0.0; // -0 becomes 0, since both print as 0
    return Double.isFinite(x) ? Optional.of(x) : Optional.empty();
  }

  /**
   * The shortest decimal that reads back as {@code x}: {@code 0.9}, {@code 256}, {@code 1e-8}. Not
   * {@code Double.toString}, whose digits differ between Java versions and end in {@code .0}.
   */
  static String print(double x) {
    if (!Double.isFinite(x)) {
      return Double.toString(x);
    }
    if (x == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(x);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits)).stripTrailingZeros();
      if (shortest.doubleValue() == x) {
        break;
      }
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < LONGEST_PLAIN) {
      return shortest.toPlainString();
    }
    BigDecimal mantissa = shortest.movePointLeft(exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }
}
