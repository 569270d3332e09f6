package sparkprop.data;

import java.io.Serializable;
import sparkprop.linalg.Randomness;

/**
 * Which rows validate by lot: row i does where a hash of (seed, i) falls below the share asked for.
 * i is the row's number among the remaining rows of the whole input, so that the lot does not
 * depend on how the rows are spread over partitions.
 *
 * @param fraction share of the rows, from 0 (none is drawn) up to but without 1
 * @param seed the estimator's seed
 */
public record ValidationDraw(double fraction, long seed) implements Serializable {

  /** Keeps these lots apart from others of the same seed: "validate" in ASCII. */
  private static final long PURPOSE = 0x76616C6964617465L;

  /** No row is drawn. */
  public static final ValidationDraw NONE = new ValidationDraw(0, 0);

  /** Refuses shares outside [0, 1). */
  public ValidationDraw {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "validationFraction is " + fraction + "; it must be at least 0 and below 1.");
    }
  }

  boolean active() {
    return fraction > 0;
  }

  boolean draws(long number) {
    // The upper 53 bits as a number of [0, 1).
    return active() && (Randomness.hash(seed, PURPOSE, number) >>> 11) * 0x1p-53 < fraction;
  }
}
