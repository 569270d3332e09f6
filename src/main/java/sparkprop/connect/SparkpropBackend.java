package sparkprop.connect;

import java.util.Optional;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.sql.connect.plugin.MLBackendPlugin;

/**
 * Has a Spark Connect server train MLlib's perceptrons with this engine, where the setting {@code
 * spark.connect.ml.backend.classes} of the server or of a session names this class. Models are
 * MLlib's, so their names stay as they are.
 */
public final class SparkpropBackend implements MLBackendPlugin {
  /** For Spark Connect, which makes one whenever it looks up a name. */
  public SparkpropBackend() {}

  /** The class that stands in for a stage of this name, if one of ours does. */
  @Override
  public Optional<String> transform(String mlName) {
    return mlName.equals(MultilayerPerceptronClassifier.class.getName())
        ? Optional.of(SparkpropPerceptron.class.getName())
        : Optional.empty();
  }
}
