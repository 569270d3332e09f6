package sparkprop.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import sparkprop.nn.activation.Activation;
import sparkprop.nn.activation.Activations;
import sparkprop.nn.layer.ActivationLayer;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.LayerSpec;

/**
 * The hidden part of a network as its text says it: layers without shapes. The output layer is not
 * in it; that follows from the loss and the number of classes or targets.
 *
 * @param layers lowest first; empty for a network without hidden layers
 */
public record NetworkSpec(List<LayerSpec> layers) {
  /** Copies the list. */
  public NetworkSpec {
    layers = List.copyOf(layers);
  }

  /**
   * Reads a network text.
   *
   * @throws sparkprop.text.TextException if it cannot be read, with a caret under the column
   */
  public static NetworkSpec parse(String text) {
    return new NetworkSpec(Layers.VOCABULARY.readAll("network", text));
  }

  /** The short form: {@code dense(n) activation} for each n. */
  public static NetworkSpec ofHidden(int[] widths, Activation activation) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int width : widths) {
      layers.add(new Dense.Spec(width));
      layers.add(new ActivationLayer.Spec(activation));
    }
    return new NetworkSpec(layers);
  }

  /** The short form with the activation as a text. */
  public static NetworkSpec ofHidden(int[] widths, String activation) {
    return ofHidden(widths, Activations.VOCABULARY.readOne("activation", activation));
  }

  /** The canonical text, which parses to an equal spec. */
  public String text() {
    return layers.stream().map(LayerSpec::text).collect(Collectors.joining(" "));
  }
}
