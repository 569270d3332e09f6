package sparkprop.nn.init;

import sparkprop.linalg.Randomness;

/**
 * Draws each element uniformly between -bound and bound.
 *
 * @param text its canonical text
 * @param bound the largest absolute value
 */
record Uniform(String text, Spread bound) implements Initialiser {

  /** The uniform distribution of this standard deviation, which is the bound / sqrt(3). */
  static Uniform ofDeviation(String text, Spread deviation) {
    return new Uniform(text, (fanIn, fanOut) -> Math.sqrt(3) * deviation.of(fanIn, fanOut));
  }

  @Override
  public void fill(float[] weights, int offset, int size, int fanIn, int fanOut, long key) {
    double width = bound.of(fanIn, fanOut);
    for (int i = 0; i < size; i++) {
      weights[offset + i] =
          (float) (width * (2.0 * Randomness.uniform(Randomness.hash(key, i)) - 1));
    }
  }
}
