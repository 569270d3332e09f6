package sparkprop.train;

import java.util.List;

/**
 * Told how training goes, on the thread that trains, between two updates. A listener that throws is
 * logged once and told nothing more; it cannot make training fail.
 */
public interface TrainingListener {
  /** Before the first update. */
  default void onStart(TrainingPlan plan) {}

  /** After each pass. */
  default void onPass(PassReport report) {}

  /** When training has ended well. */
  default void onEnd(TrainingResult result) {}

  /** One listener that tells all of these, in order. */
  static TrainingListener all(List<TrainingListener> listeners) {
    return Listeners.of(listeners);
  }
}
