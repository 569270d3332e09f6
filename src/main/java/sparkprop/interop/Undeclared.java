package sparkprop.interop;

/**
 * Throws checked exceptions where a Scala method declares none. Callers of Spark expect to see an
 * IOException or an InterruptedException as it is, not wrapped.
 */
public final class Undeclared {
  private Undeclared() {}

  /**
   * Throws the exception itself.
   *
   * @return never, so that a caller can write {@code throw Undeclared.rethrow(e)}
   */
  public static RuntimeException rethrow(Exception e) {
    throw Undeclared.<RuntimeException>as(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: nothing is cast
  private static <E extends Exception> E as(Exception e) throws E {
    throw (E) e;
  }
}
