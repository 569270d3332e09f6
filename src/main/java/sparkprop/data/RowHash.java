package sparkprop.data;

/**
 * Hash of a sequence of rows, in their order: a 64-bit polynomial over the bits of what training
 * reads. It notices rows that changed by accident, not by malice.
 */
final class RowHash {
  /** Knuth's multiplier of a linear congruential generator modulo 2^64 (MMIX). */
  private static final long MULTIPLIER = 6364136223846793005L;

  private long hash = 1;

  void add(InputRow row, NonZeros features, NonZeros label) {
    long h = add(add(hash, features), label);
    h = h * MULTIPLIER + fold(row.weight());
    hash = h * MULTIPLIER + (row.validates() ? 1 : 0);
  }

  private static long add(long hash, NonZeros vector) {
    long h = hash * MULTIPLIER + vector.size();
    int[] indices = vector.indices();
    double[] values = vector.values();
    for (int k = 0; k < vector.count(); k++) {
      // The value's bits are folded first: those of small whole numbers differ in high bits only,
      // which a polynomial modulo 2^64 would push out.
      long bits = Double.doubleToRawLongBits(values[k]);
      h = (h + indices[k]) * MULTIPLIER + (bits ^ (bits >>> 32));
    }
    return h;
  }

  private static long fold(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ (bits >>> 32);
  }

  long value() {
    return hash;
  }
}
