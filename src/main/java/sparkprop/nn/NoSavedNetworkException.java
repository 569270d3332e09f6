package sparkprop.nn;

import java.io.IOException;

/** A directory is no saved model: it has no weights. */
public final class NoSavedNetworkException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where models are.
   *
   * @param directory the one without weights
   */
  public NoSavedNetworkException(String directory, IOException cause) {
    super(
        ("%s has no %s: load the directory of a trained model, not of an estimator; in a saved"
                + " pipeline each model is a directory of its own under stages/.")
            .formatted(directory, SavedNetwork.FILE_NAME),
        cause);
  }
}
