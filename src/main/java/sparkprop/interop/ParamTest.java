package sparkprop.interop;

import java.io.Serializable;
import java.util.function.Consumer;
import scala.runtime.AbstractFunction1;

/**
 * The test of a Param's value, as Spark wants it. Spark's own message names the Param and the value
 * but not what would be right, so the test throws its sentence instead of returning false.
 *
 * @param <T> what Spark passes: boxed numbers for its typed Params
 */
public final class ParamTest<T> extends AbstractFunction1<T, Object> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Throws an IllegalArgumentException for a value that will not do. */
  @FunctionalInterface
  public interface Check<T> extends Consumer<T>, Serializable {}

  private final Check<? super T> check;

  /** A test that passes whatever {@code check} lets pass. */
  public ParamTest(Check<? super T> check) {
    this.check = check;
  }

  @Override
  public Object apply(T value) {
    check.accept(value);
    return true;
  }
}
