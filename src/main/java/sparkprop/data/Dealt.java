package sparkprop.data;

import java.util.Arrays;
import sparkprop.linalg.Randomness;

/**
 * Rows dealt out like cards: of each round of n rows, in order of number, every one of the n
 * partitions gets one, and who gets which is rotated by a lot drawn for the round. So sizes differ
 * by one row at most, each partition is a random sample spread evenly over the input, and a row's
 * partition and position follow from its number alone.
 */
final class Dealt implements Partitioning {
  private static final long serialVersionUID = 1L;

  /** Keeps these lots apart from others of the same seed: "dealrows" in ASCII. */
  private static final long PURPOSE = 0x6465616C726F7773L;

  private final int partitions;
  private final long total;
  private final long seed;

  Dealt(int partitions, long total, long seed) {
    this.partitions = partitions;
    this.total = total;
    this.seed = seed;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public long[] rows() {
    long[] rows = new long[partitions];
    Arrays.fill(rows, total / partitions);
    for (long number = total - total % partitions; number < total; number++) {
      rows[partition(number)]++;
    }
    return rows;
  }

  @Override
  public int partition(long number) {
    long lot = Randomness.hash(seed, PURPOSE, number / partitions) >>> 32;
    long rotation =
        (lot * partitions) >>> 32; // of 32 random bits, a number from 0 to partitions - 1
    return (int) ((number + rotation) % partitions);
  }

  @Override
  public long position(long number) {
    return number / partitions;
  }
}
