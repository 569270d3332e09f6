package sparkprop.stage;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sparkprop.train.TrainingListener;

/**
 * What user code attaches to an estimator beside its Params. Copies of the estimator carry it on,
 * as those that pipelines and CrossValidator make; saved estimators do not have it.
 */
public final class Attachments implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<TrainingListener> listeners;
  private @Nullable NetworkModel initialModel;

  /** Of a new estimator: none. */
  public Attachments() {
    this(List.of(), null);
  }

  private Attachments(List<TrainingListener> listeners, @Nullable NetworkModel initialModel) {
    this.listeners = new ArrayList<>(listeners);
    this.initialModel = initialModel;
  }

  /** For a copy of the estimator. */
  public Attachments copy() {
    return new Attachments(listeners, initialModel);
  }

  /** Has a listener told how training goes. */
  public void add(TrainingListener listener) {
    listeners.add(Objects.requireNonNull(listener));
  }

  /** Begins from a model's weights. */
  public void beginFrom(NetworkModel model) {
    initialModel = Objects.requireNonNull(model);
  }

  /** Who is told. */
  public List<TrainingListener> listeners() {
    return List.copyOf(listeners);
  }

  /** From whose weights training begins, or null. */
  public @Nullable NetworkModel initialModel() {
    return initialModel;
  }
}
