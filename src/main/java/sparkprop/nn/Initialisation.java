package sparkprop.nn;

import java.util.List;
import java.util.Optional;
import sparkprop.linalg.Randomness;
import sparkprop.nn.init.Initialiser;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.Layer;

/**
 * The weights a network starts with. A weight is drawn by the initialiser named, or, under {@code
 * auto}, by the one that its layer gives it, else by the one that suits the activation its layer
 * feeds; all else starts with its constant.
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
      if (p.kind().weighs()) {
        int held = p.spec().heldAtZero();
        initialiser(network, weightInit, p)
            .fill(
                weights,
                p.offset() + held,
                p.size() - held,
                p.spec().fanIn(),
                p.spec().fanOut(),
                Randomness.hash(seed, p.offset()));
      } else {
        p.spec().start(weights, p.offset());
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

  private static Initialiser initialiser(Network network, String weightInit, Parameter p) {
    return Initialisers.readChoice("weightInit", weightInit)
        .orElseGet(() -> Initialisers.read("weightInit", suiting(network, p)));
  }

  /**
   * The weight's own, else the choice of the first layer above that has one, up to the next with
   * weights.
   */
  private static String suiting(Network network, Parameter p) {
    String own = p.spec().initialiser();
    if (own != null) {
      return own;
    }
    List<Layer> layers = network.layers();
    for (int l = layerOf(network, p) + 1; l < layers.size(); l++) {
      Optional<String> above = layers.get(l).initialiserBelow();
      if (above.isPresent()) {
        return above.get();
      }
      if (layers.get(l).parameters().stream().anyMatch(o -> o.kind().weighs())) {
        return "glorotUniform";
      }
    }
    return network.head().initialiser();
  }
}
