package sparkprop.train.step;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The passes that tasks of this JVM may take part in, by fit. Tasks cannot be handed an object of
 * the driver's, even where they run beside it: they find it here. An entry stands as long as its
 * pass's job runs.
 */
final class SharedPasses {
  private static final Map<String, SharedPass> UNDER_WAY = new ConcurrentHashMap<>();

  private SharedPasses() {}

  /** Opens a pass to the tasks of this fit. */
  static void open(String fit, SharedPass pass) {
    UNDER_WAY.put(fit, pass);
  }

  /** The pass under way, or nothing if it is over. */
  static Optional<SharedPass> of(String fit) {
    return Optional.ofNullable(UNDER_WAY.get(fit));
  }

  /** Closes a pass. */
  static void close(String fit) {
    UNDER_WAY.remove(fit);
  }
}
