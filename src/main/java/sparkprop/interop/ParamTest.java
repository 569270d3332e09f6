package sparkprop.interop;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  private final String name;
  private final Check<? super T> check;

  /**
   * A test that passes whatever {@code check} lets pass, but never null.
   *
   * @param name the Param's
   */
  public ParamTest(String name, Check<? super T> check) {
    this.name = name;
    this.check = check;
  }

  @Override
  public Object apply(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "%s must not be null: give it a value, or clear it to return to its default."
              .formatted(name));
    }
    check.accept(value);
    return true;
  }
}
