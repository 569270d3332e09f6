package sparkprop.nn.init;

import sparkprop.linalg.Randomness;

/**
 * Draws each element from the normal distribution of mean 0, untruncated as in PyTorch.
 *
 * @param text its canonical text
 * @param deviation the standard deviation
 */
record Normal(String text, Spread deviation) implements Initialiser {
  @Override
  public void fill(float[] weights, int offset, int size, int fanIn, int fanOut, long key) {
    double sd = deviation.of(fanIn, fanOut);
    for (int i = 0; i < size; i++) {
      weights[offset + i] = (float) (sd * Randomness.gaussian(Randomness.hash(key, i)));
    }
  }
}
