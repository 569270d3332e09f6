package sparkprop.train;

/** Why training ended. */
public enum StopReason {
  /** All passes were made. */
  MAX_ITER("maxIter passes were made"),
  /** The watched validation loss stood still for {@code patience} passes. */
  VALIDATION_LOSS("the validation loss has not improved by tol for patience passes"),
  /** Without validation: the objective stood still for {@code patience} passes. */
  OBJECTIVE("the objective has not improved by tol for patience passes"),
  /** A line search came back with no better weights: they are as good as float32 can tell. */
  LINE_SEARCH("the line search found no lower objective"),
  /** However small the steps, none lowered the objective. */
  DAMPING("no damped step lowered the objective");

  private final String text;

  StopReason(String text) {
    this.text = text;
  }

  /** The reason as a clause: "maxIter passes were made". */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
