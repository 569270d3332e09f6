package sparkprop.nn.init;

/** How widely the elements of a weight scatter: a standard deviation or a bound. */
interface Spread {
  /** Fans are doubles so that no formula divides or adds as int. */
  double of(double fanIn, double fanOut);
}
