package sparkprop.train.step;

/** The batch size that is used where the user names none. */
public final class BatchSize {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 1024;

  private BatchSize() {}

  /**
   * The requested batch size, or for 0 (auto) the power of two nearest {@code rows} / 64, the
   * larger of two equally near ones, between 32 and 1024.
   */
  public static int resolve(int requested, long rows) {
    if (requested != 0) {
      return requested;
    }
    int size = SMALLEST;
    // size * 3 / 2 lies halfway between size and the next power of two.
    while (size < LARGEST && rows / 64.0 >= size * 1.5) {
      size *= 2;
    }
    return size;
  }
}
