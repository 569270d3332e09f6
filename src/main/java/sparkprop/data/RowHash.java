package sparkprop.data;

/**
 * Hash of a sequence of rows, in their order: a 64-bit polynomial over the bits of what training
 * reads. It notices rows that changed by accident, not by malice.
 */
final class RowHash {
  /** Knuth's multiplier of a linear congruential generator modulo 2^64 (MMIX). */
  private static final long MULTIPLIER = 6364136223846793005L;

  private long hash = 1;

  void add(InputRow row, NonZeros features) {
    long h = hash * MULTIPLIER + features.size();
    int[] indices = features.indices();
    double[] values = features.values();
    for (int k = 0; k < features.count(); k++) {
      // The value's bits are folded first: those of small whole numbers differ in high bits only,
      // which a polynomial modulo 2^64 would push out.
      long bits = Double.doubleToRawLongBits(values[k]);
      h = (h + indices[k]) * MULTIPLIER + (bits ^ (bits >>> 32));
    }
    h = h * MULTIPLIER + fold(row.label());
    h = h * MULTIPLIER + fold(row.weight());
    hash = h * MULTIPLIER + (row.validates() ? 1 : 0);
  }

  private static long fold(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ (bits >>> 32);
  }

  long value() {
    return hash;
  }
}
