package sparkprop.text;

/**
 * The numbers a parameter allows: an interval, each end of which belongs to it or not.
 *
 * @param low the lower end, or negative infinity
 * @param lowIncluded whether {@code low} itself is allowed
 * @param high the upper end, or infinity
 * @param highIncluded whether {@code high} itself is allowed
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded)
    implements java.io.Serializable {

  /** Every finite number. */
  public static Range any() {
    return new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
  }

  /** Numbers of {@code low} or more. */
  public static Range atLeast(double low) {
    return new Range(low, true, Double.POSITIVE_INFINITY, false);
  }

  /** Numbers greater than {@code low}. */
  public static Range above(double low) {
    return new Range(low, false, Double.POSITIVE_INFINITY, false);
  }

  /** This range, ending with {@code high}. */
  public Range atMost(double high) {
    return new Range(low, lowIncluded, high, true);
  }

  /** This range, ending before {@code high}. */
  public Range below(double high) {
    return new Range(low, lowIncluded, high, false);
  }

  /** Whether {@code x} lies in it; NaN never does. */
  public boolean contains(double x) {
    return (lowIncluded ? x >= low : x > low) && (highIncluded ? x <= high : x < high);
  }

  /** This range, cut to an interval that includes its ends. */
  Range within(double from, double to) {
    return new Range(
        Math.max(low, from),
        low < from || lowIncluded,
        Math.min(high, to),
        high > to || highIncluded);
  }

  /** In words, to follow "a number": {@code of at least 0 and below 1}, or nothing. */
  public String inWords() {
    StringBuilder words = new StringBuilder();
    if (!Double.isInfinite(low)) {
      words.append(lowIncluded ? " of at least " : " above ").append(Numbers.print(low));
    }
    if (!Double.isInfinite(high)) {
      words.append(words.isEmpty() ? (highIncluded ? " of" : "") : " and");
      words.append(highIncluded ? " at most " : " below ").append(Numbers.print(high));
    }
    return words.toString();
  }
}
