package sparkprop.data;

import org.jspecify.annotations.Nullable;

/**
 * The input gave other rows when it was read again: it hangs on something that is not fixed, such
 * as a random number without a seed, a shuffle whose order was not restored, or a table that
 * another program writes.
 */
public final class ChangedInputException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ChangedInputException(int partition) {
    super(
        ("Partition %d of the input held other rows when it was read again than when it was scanned;"
                + " write the DataFrame to a table or checkpoint it before fit.")
            .formatted(partition));
  }

  /** The exception itself where it is, or stands behind, the failure of a job; else null. */
  public static @Nullable ChangedInputException in(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChangedInputException changed) {
        return changed;
      }
    }
    return null;
  }
}
