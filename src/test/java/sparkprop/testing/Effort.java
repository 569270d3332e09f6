package sparkprop.testing;

/** How much a test with random draws tries: little in each build, much under {@code -Pfull}. */
public final class Effort {
  private Effort() {}

  /** The number for this build. */
  public static int of(int usual, int full) {
    return Boolean.getBoolean("sparkprop.full") ? full : usual;
  }
}
