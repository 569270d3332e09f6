package sparkprop.train;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops a listener that throws, so that it cannot make training fail. */
final class GuardedListener implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private @Nullable TrainingListener listener;

  GuardedListener(TrainingListener listener) {
    this.listener = listener;
  }

  @Override
  public void onStart(TrainingPlan plan) {
    tell(l -> l.onStart(plan));
  }

  @Override
  public void onPass(PassReport report) {
    tell(l -> l.onPass(report));
  }

  @Override
  public void onEnd(TrainingResult result) {
    tell(l -> l.onEnd(result));
  }

  private void tell(Consumer<TrainingListener> what) {
    TrainingListener told = listener;
    if (told == null) {
      return;
    }
    try {
      what.accept(told);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("The training listener {} failed and is told nothing more.", told, e);
      listener = null;
    }
  }
}
