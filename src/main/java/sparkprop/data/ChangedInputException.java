package sparkprop.data;

import org.jspecify.annotations.Nullable;

/**
 * The input gave other rows when it was read again, or may: it hangs on something that is not
 * fixed, such as a random number without a seed, a shuffle whose order was not restored, or a table
 * that another program writes.
 */
public final class ChangedInputException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "checkpoint the DataFrame or write it to a table before fit, or sort the rows within"
          + " partitions if only their order changes.";

  /**
   * What Spark says when it gives up a job, rather than repeat a shuffle whose rows may go to other
   * partitions than those that have already been read.
   */
  private static final String GIVEN_UP = "indeterminate output was failed and retried";

  ChangedInputException(int partition) {
    super(
        ("Partition %d of the input held other rows when it was read again than when it was scanned;"
                + " %s")
            .formatted(partition, REMEDY));
  }

  private ChangedInputException(Throwable givenUp) {
    super(
        "Rows of the input were lost with an executor, and the shuffle that brought them may bring"
            + " others when it is repeated; "
            + REMEDY,
        givenUp);
  }

  /** What a failed job says of changed input: the exception as a task threw it, or null. */
  public static @Nullable ChangedInputException in(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChangedInputException changed) {
        return changed;
      }
      if (cause.getMessage() != null && cause.getMessage().contains(GIVEN_UP)) {
        return new ChangedInputException(cause);
      }
    }
    return null;
  }
}
