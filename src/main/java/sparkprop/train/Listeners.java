package sparkprop.train;

import java.util.List;

/** Several listeners as one; each is guarded for itself, so one that throws costs no other. */
record Listeners(List<GuardedListener> listeners) implements TrainingListener {

  static Listeners of(List<TrainingListener> listeners) {
    return new Listeners(listeners.stream().map(GuardedListener::new).toList());
  }

  @Override
  public void onStart(TrainingPlan plan) {
    listeners.forEach(listener -> listener.onStart(plan));
  }

  @Override
  public void onPass(PassReport report) {
    listeners.forEach(listener -> listener.onPass(report));
  }

  @Override
  public void onEnd(TrainingResult result) {
    listeners.forEach(listener -> listener.onEnd(result));
  }
}
