package sparkprop.interop;

import org.apache.spark.ml.util.ReadWriteUtils;

/**
 * Whether this thread is saving or loading for Spark Connect's model cache, which from Spark 4.1 on
 * writes plain files to the driver's disk, whatever the default file system is.
 */
public final class LocalSaving {
  private LocalSaving() {}

  /** False where Spark is older than 4.1 and does not know the mode. */
  public static boolean active() {
    try {
      return Boolean.TRUE.equals(ReadWriteUtils.localSavingModeState().get());
    } catch (LinkageError olderSpark) {
      return false;
    }
  }
}
