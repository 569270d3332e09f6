package sparkprop.stage;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.Network;
import sparkprop.nn.SavedNetwork;
import sparkprop.persist.ModelReader;
import sparkprop.persist.TrainingRecord;

/**
 * What a model holds beside its Params; one object, shared by the copies of a model.
 *
 * @param saved network and weights, as a file holds them
 * @param record how they were trained, or null if that is not known
 * @param scorer scores rows, here and on executors
 */
public record TrainedNetwork(
    SavedNetwork saved, @Nullable TrainingRecord record, SharedScorer scorer)
    implements Serializable {

  /** Of a file that was read, or of training that has ended. */
  public static TrainedNetwork of(SavedNetwork saved, @Nullable TrainingRecord record) {
    return new TrainedNetwork(saved, record, new SharedScorer(saved.scorer()));
  }

  /**
   * What training yielded.
   *
   * @param classNames of a classifier, by index; empty if there are none
   * @param model class of the model that will hold it
   */
  public static TrainedNetwork of(
      Network network, NetworkTraining.Trained trained, List<String> classNames, Class<?> model) {
    Map<String, String> notes = new HashMap<>(trained.record().toNotes());
    notes.put(ModelReader.STAGE, model.getName());
    return of(new SavedNetwork(network, trained.weights(), classNames, notes), trained.record());
  }

  /** Layers, head and layout of the weights. */
  public Network network() {
    return saved.network();
  }
}
