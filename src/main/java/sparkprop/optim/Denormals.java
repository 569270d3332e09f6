package sparkprop.optim;

/** Keeps what a solver remembers out of the range where floats are slow. */
final class Denormals {
  private Denormals() {}

  /**
   * Added to a remembered value and subtracted again. Where no gradient arrives any more (an input
   * that is almost always 0) an average decays by a constant factor until it is a denormal number,
   * and stays there, since the product rounds back to it; arithmetic on denormals takes the
   * processor some ten times as long. The detour rounds to multiples of this number's unit in the
   * last place, about 8e-28, so that the decay ends at 0 or a few such units; it costs two
   * additions and no branch. Values change by 4e-28 or by their own rounding error, whichever is
   * more.
   */
  static final float FLUSH = 1e-20f;
}
