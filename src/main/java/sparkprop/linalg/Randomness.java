package sparkprop.linalg;

/**
 * Random numbers as a pure function of what they are for: a key (seed, pass, row, column, whatever
 * tells them apart) is hashed to 64 bits, and the bits are read as a number. There is no generator
 * with a state, so a number does not depend on which thread drew others before it.
 *
 * <p>The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014, in Stafford's variant 13); for a fixed prefix the last
 * word of a key counts through a SplitMix64 stream.
 */
public final class Randomness {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio, odd
  private static final long START =
      0x5851F42D4C957F2DL; // so that keys of zeros do not hash to zero

  private Randomness() {}

  /** 64 random bits for a key of one word. */
  public static long hash(long a) {
    return extend(START, a);
  }

  /** 64 random bits for a key of two words. */
  public static long hash(long a, long b) {
    return extend(hash(a), b);
  }

  /** 64 random bits for a key of three words. */
  public static long hash(long a, long b, long c) {
    return extend(hash(a, b), c);
  }

  private static long extend(long prefix, long word) {
    long z = prefix + GOLDEN * (word + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The bits' upper 24 as a number of [0, 1), all multiples of 2^-24 equally likely. */
  public static float uniform(long bits) {
    return (bits >>> 40) * 0x1p-24f;
  }

  /**
   * The bits as a draw from the standard normal distribution, at most 6.8 in size (Box and Muller
   * 1958). Slow (about 100 ns), and the same on every machine.
   */
  public static double gaussian(long bits) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((bits >>> 32) + 0.5) * 0x1p-32));
    return radius * StrictMath.cos(2 * StrictMath.PI * ((bits & 0xFFFFFFFFL) * 0x1p-32));
  }
}
