package sparkprop.reference;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a network text the simplest way there is: words between spaces. */
public final class ReferenceText {

  /** Tells whether the dropout layer at a position keeps a value of a row. */
  @FunctionalInterface
  public interface Masks {
    /** For networks without dropout. */
    Masks NONE =
        (position, p, width, row, unit) -> {
          throw new IllegalStateException("This network was not meant to drop anything.");
        };

    /**
     * Whether the value is kept.
     *
     * @param position the layer's number in the network, from 0
     * @param p its probability of dropping
     * @param width how many values a row has there
     */
    boolean keeps(int position, double p, int width, long rowNumber, int unit);
  }

  private ReferenceText() {}

  /**
   * The network of a text.
   *
   * @param hidden the hidden layers, such as {@code dense(4) tanh}
   * @param in number of features
   */
  public static ReferenceNetwork network(String hidden, int in, ReferenceHead head, Masks masks) {
    Map<String, ReferenceLayer> layers = new LinkedHashMap<>();
    Map<String, Integer> count = new HashMap<>();
    int width = in;
    int position = 0;
    for (Word word : Word.of(hidden)) {
      int out = word.name().equals("dense") ? (int) word.argument().orElseThrow() : width;
      layers.put(
          word.name() + count.merge(word.name(), 1, Integer::sum),
          layer(word, width, out, position, masks));
      width = out;
      position++;
    }
    layers.put("output", new ReferenceDense(width, head.units()));
    return new ReferenceNetwork(layers, head);
  }

  private static ReferenceLayer layer(Word word, int in, int out, int position, Masks masks) {
    return switch (word.name()) {
      case "dense" -> new ReferenceDense(in, out);
      case "batchNorm" -> new ReferenceBatchNorm(in);
      case "dropout" -> {
        double p = word.argument().orElseThrow();
        yield new ReferenceDropout(p, (row, unit) -> masks.keeps(position, p, in, row, unit));
      }
      default -> new ReferenceActivationLayer(ReferenceActivations.of(word));
    };
  }
}
