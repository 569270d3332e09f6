package sparkprop.interop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries a stage's uid past Spark's constructors. Those build the shared Params and ask for {@code
 * uid()} before the Java subclass can set a field, so the uid waits beside the thread: it is
 * offered by an argument of {@code this(...)}, which is evaluated before Spark's constructor runs,
 * and taken by the first statement after it.
 */
final class UidHandOff {
  // Static, because Spark's constructor reaches nothing else of ours; each thread sees its own.
  private static final ThreadLocal<@Nullable String> OFFERED = new ThreadLocal<>();

  private final String uid;

  private UidHandOff(String uid) {
    this.uid = uid;
  }

  static UidHandOff offer(String uid) {
    OFFERED.set(Objects.requireNonNull(uid, "A stage needs a uid, but was given null."));
    return new UidHandOff(uid);
  }

  /** Ends the hand-over: from here on the stage's own field answers. */
  String take() {
    OFFERED.remove();
    return uid;
  }

  /**
   * What {@code uid()} returns.
   *
   * @param field the stage's field, null while Spark's constructor runs
   */
  static String of(@Nullable String field) {
    return field != null ? field : Objects.requireNonNull(OFFERED.get());
  }
}
