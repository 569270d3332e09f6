package sparkprop.data;

import java.io.Serializable;

/**
 * The windows a partition's rows are cut into where all blocks together do not fit storage memory:
 * window k of K holds rows k n / K to (k + 1) n / K - 1 of a partition of n, in whole numbers.
 *
 * @param count K, the same for all partitions; 1 where everything fits
 */
public record Windows(int count) implements Serializable {

  /**
   * One window where the blocks take at most three quarters of the storage memory, the rest being
   * for broadcasts and what others cache; else as many as let two neighbouring windows fit in half
   * of it, the one that trains and the one that comes.
   *
   * @param bytes of all blocks
   * @param storageBytes storage memory of all executors
   * @param rows of all partitions: a window has at least one
   */
  static Windows of(long bytes, long storageBytes, long rows) {
    if (bytes <= storageBytes / 4 * 3) {
      return new Windows(1);
    }
    long windowBytes = Math.max(1, storageBytes / 4);
    long wanted = (bytes + windowBytes - 1) / windowBytes;
    return new Windows((int) Math.min(Math.min(wanted, rows), Integer.MAX_VALUE));
  }

  /** The window of the row at {@code position} among {@code rows}. */
  int of(long position, long rows) {
    return (int) (((position + 1) * count - 1) / rows);
  }

  /** Position of the first row of a window. */
  public long start(int window, long rows) {
    return window * rows / count;
  }
}
