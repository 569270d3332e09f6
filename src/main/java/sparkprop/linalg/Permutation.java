package sparkprop.linalg;

import java.util.Objects;

/**
 * A random order of the numbers from 0 to n - 1, of which any element can be had without the
 * others: no array is shuffled, and the order is a pure function of (n, key).
 *
 * <p>A balanced Feistel network permutes the numbers of an even count of bits, the fewest that hold
 * n; a number that lands outside is sent through again until it lands inside, which is at most four
 * times on average (cycle walking; Black and Rogaway, "Ciphers with arbitrary finite domains",
 * 2002).
 */
public final class Permutation {
  // Four make a strong permutation of a large domain (Luby and Rackoff 1988); half a dozen bits
  // need more.
  private static final int ROUNDS = 8;

  private final int n;
  private final int halfBits;
  private final int halfMask;
  private final long[] roundKeys = new long[ROUNDS];

  /**
   * The order of n numbers that belongs to a key.
   *
   * @throws IllegalArgumentException if n is negative
   */
  public Permutation(int n, long key) {
    if (n < 0) {
      throw new IllegalArgumentException("There is no order of " + n + " numbers.");
    }
    this.n = n;
    int bits = n <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(n - 1);
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1 << halfBits) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      roundKeys[round] = Randomness.hash(key, round);
    }
  }

  /** How many numbers are ordered. */
  public int size() {
    return n;
  }

  /**
   * The number at a position of the order.
   *
   * @param position from 0 to n - 1
   */
  public int at(int position) {
    Objects.checkIndex(position, n);
    // Unsigned, since 2^32 numbers are permuted where n is above 2^30.
    long number = position;
    do {
      number = encipher(number);
    } while (number >= n);
    return (int) number;
  }

  private long encipher(long number) {
    int left = (int) (number >>> halfBits);
    int right = (int) number & halfMask;
    for (long key : roundKeys) {
      int next = left ^ ((int) (Randomness.hash(key, right) >>> 32) & halfMask);
      left = right;
      right = next;
    }
    return ((long) left << halfBits) | right;
  }
}
