package sparkprop.stage;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.Network;
import sparkprop.nn.SavedNetwork;
import sparkprop.params.TrainingParams;
import sparkprop.persist.ModelReader;

/**
 * The weights of a model from which training begins; the solver's memory is fresh.
 *
 * @param from that model's network and weights
 * @param name what errors call it
 */
public record WarmStart(SavedNetwork from, String name) {

  /**
   * What a stage begins from, or null where weights are drawn.
   *
   * @throws IllegalArgumentException if both an initial model and a path are set, or the path holds
   *     no model that can be read
   */
  public static @Nullable WarmStart of(
      TrainingParams stage, Attachments attachments, SparkSession session) {
    NetworkModel model = attachments.initialModel();
    String path = stage.getInitialModelPath();
    if (model != null && !path.isEmpty()) {
      throw new IllegalArgumentException(
          "There is an initial model, but initialModelPath is '%s': set one of them, since either alone says from which weights to begin."
              .formatted(path));
    }
    if (model != null) {
      return new WarmStart(model.trained().saved(), "The initial model");
    }
    return path.isEmpty()
        ? null
        : new WarmStart(ModelReader.network(path, session), "The model in " + path);
  }

  /**
   * Its weights, for features and targets as they are; running statistics included.
   *
   * @param network that will be trained
   * @throws IllegalArgumentException if the model's network is another, naming both
   */
  float[] weights(Network network) {
    String theirs = told(from.network());
    String ours = told(network);
    if (!theirs.equals(ours)) {
      throw new IllegalArgumentException(
          "%s has the network %s, but %s is to be trained: make them the same, or begin without it."
              .formatted(name, theirs, ours));
    }
    return from.weights().clone();
  }

  private static String told(Network network) {
    return "'%s' (%d features, %d output units, %s by %s)"
        .formatted(
            network.text(),
            network.numFeatures(),
            network.head().units(),
            network.head().task().text(),
            network.head().outputActivation());
  }
}
