package sparkprop.train;

/** Training cannot go on: its numbers have left the range of floats. */
public final class TrainingException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  public TrainingException(String message) {
    super(message);
  }
}
