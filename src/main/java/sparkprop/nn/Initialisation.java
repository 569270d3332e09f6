package sparkprop.nn;

import java.util.List;
import sparkprop.linalg.Randomness;
import sparkprop.nn.init.Initialiser;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.ActivationLayer;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.ParameterKind;

/**
 * The weights a network starts with. A weight is drawn by the initialiser named, or, under {@code
 * auto}, by the one that suits the activation its layer feeds; all else starts with its constant.
 */
public final class Initialisation {
  /** The text that lets each layer's activation choose. */
  public static final String AUTO = "auto";

  private Initialisation() {}

  /**
   * Draws the flat array.
   *
   * @param weightInit {@code auto} or the text of an initialiser
   * @param seed the same seed draws the same weights
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static float[] draw(Network network, String weightInit, long seed) {
    float[] weights = new float[network.layout().size()];
    for (Parameter p : network.layout().parameters()) {
      if (p.kind() == ParameterKind.WEIGHT) {
        initialiser(network, weightInit, layerOf(network, p))
            .fill(
                weights,
                p.offset(),
                p.size(),
                p.spec().fanIn(),
                p.spec().fanOut(),
                Randomness.hash(seed, p.offset()));
      } else {
        java.util.Arrays.fill(weights, p.offset(), p.offset() + p.size(), p.spec().start());
      }
    }
    return weights;
  }

  /**
   * Reads a text as {@link #draw} would.
   *
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static void check(String weightInit) {
    Initialisers.readChoice("weightInit", weightInit);
  }

  private static int layerOf(Network network, Parameter p) {
    return network.names().indexOf(p.name().substring(0, p.name().indexOf('.')));
  }

  private static Initialiser initialiser(Network network, String weightInit, int layer) {
    return Initialisers.readChoice("weightInit", weightInit)
        .orElseGet(() -> Initialisers.read("weightInit", suiting(network, layer)));
  }

  /** The choice of the first activation above, below the next layer with weights of its own. */
  private static String suiting(Network network, int layer) {
    List<Layer> layers = network.layers();
    for (int l = layer + 1; l < layers.size(); l++) {
      if (layers.get(l) instanceof ActivationLayer above) {
        return above.activation().initialiser();
      }
      if (layers.get(l).parameters().stream().anyMatch(p -> p.kind() == ParameterKind.WEIGHT)) {
        return "glorotUniform";
      }
    }
    return network.head().initialiser();
  }
}
