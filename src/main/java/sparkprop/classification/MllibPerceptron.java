package sparkprop.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.SavedNetwork;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.persist.ModelReader;

/**
 * The network that MLlib's perceptron is: logistic hidden units, softmax at the end, cross-entropy.
 * MLlib lays each layer's weights out column by column of (outputs x inputs), its biases behind
 * them, which is our order: row by row of (inputs x outputs), then the bias.
 */
final class MllibPerceptron {
  private MllibPerceptron() {}

  static SavedNetwork converted(MultilayerPerceptronClassificationModel model) {
    int[] layers = model.getLayers();
    int[] hidden = Arrays.copyOfRange(layers, 1, layers.length - 1);
    Network network =
        Network.of(
            NetworkSpec.ofHidden(hidden, "logistic"),
            Shape.of(layers[0]),
            Heads.classification("crossEntropy", "softmax", layers[layers.length - 1]));
    return new SavedNetwork(
        network,
        floats(model.weights()),
        List.of(),
        Map.of(ModelReader.STAGE, NeuralNetworkClassificationModel.class.getName()));
  }

  private static float[] floats(Vector weights) {
    float[] floats = new float[weights.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) weights.apply(i);
    }
    return floats;
  }
}
