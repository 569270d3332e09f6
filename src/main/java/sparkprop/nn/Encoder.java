package sparkprop.nn;

import java.util.List;
import sparkprop.nn.layer.ActivationLayer;
import sparkprop.nn.layer.BatchNorm;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.loss.Heads;

/**
 * The lower part of a network, up to its narrowest hidden layer (the first of equals) with its
 * activation: what turns a row into its code, where the network was trained to reproduce rows.
 *
 * <p>A {@code batchNorm} between the layer and its activation is part of the code, by its running
 * statistics as in all scoring, and is folded into the layer's weights. What stands behind the
 * activation is not, since the decoder begins there.
 *
 * @param network whose answer is the code
 * @param weights its flat array
 */
// Handed on once, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Encoder(Network network, float[] weights) {
  /**
   * Refuses a network without a code.
   *
   * @throws IllegalArgumentException if it has no dense hidden layer
   */
  public static void check(NetworkSpec spec) {
    narrowest(spec);
  }

  /**
   * The encoder of a trained network; weights are copied.
   *
   * @throws IllegalArgumentException if it has no dense hidden layer
   */
  public static Encoder of(Network whole, float[] weights) {
    NetworkSpec spec = NetworkSpec.parse(whole.text());
    int code = narrowest(spec);
    int end = end(spec, code);
    int units = ((Dense.Spec) spec.layers().get(code)).units();
    Network encoder =
        Network.of(
            new NetworkSpec(spec.layers().subList(0, code)),
            whole.input(),
            Heads.regression("squaredError", activation(spec, end), units));
    float[] own = new float[encoder.layout().size()];
    for (Parameter p : encoder.layout().parameters()) {
      String name = p.name().replaceFirst("^output\\.", whole.names().get(code) + ".");
      Parameter from = whole.layout().get(name);
      System.arraycopy(weights, from.offset(), own, p.offset(), p.size());
    }
    int[] output = encoder.layout().offsets(code);
    for (int l = code + 1; l < end; l++) {
      if (whole.layers().get(l) instanceof BatchNorm norm) {
        norm.fold(weights, whole.layout().offsets(l), own, output[0], output[1]);
      }
    }
    return new Encoder(encoder, own);
  }

  private static int narrowest(NetworkSpec spec) {
    int found = -1;
    int units = Integer.MAX_VALUE;
    List<LayerSpec> layers = spec.layers();
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l) instanceof Dense.Spec dense && dense.units() < units) {
        found = l;
        units = dense.units();
      }
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          "The network '%s' has no dense hidden layer whose units could be a code: add one, such as dense(8) tanh."
              .formatted(spec.text()));
    }
    return found;
  }

  /** The first layer behind this one that is no {@code batchNorm}, nor dropout, which rests. */
  private static int end(NetworkSpec spec, int layer) {
    int next = layer + 1;
    while (next < spec.layers().size()
        && (spec.layers().get(next) instanceof BatchNorm.Spec
            || spec.layers().get(next) instanceof Dropout.Spec)) {
      next++;
    }
    return next;
  }

  /** The text of the activation that stands there. */
  private static String activation(NetworkSpec spec, int layer) {
    return layer < spec.layers().size()
            && spec.layers().get(layer) instanceof ActivationLayer.Spec activation
        ? activation.text()
        : "identity";
  }
}
