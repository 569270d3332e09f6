package sparkprop.reference;

import java.util.Arrays;
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
   * @param in sizes of a row of features, outermost first
   */
  public static ReferenceNetwork network(String hidden, int[] in, ReferenceHead head, Masks masks) {
    Map<String, ReferenceLayer> layers = new LinkedHashMap<>();
    Map<String, Integer> count = new HashMap<>();
    int[] shape = in;
    for (Word word : Word.of(hidden)) {
      Shaped shaped = layer(word, shape, layers.size(), masks);
      layers.put(word.name() + count.merge(word.name(), 1, Integer::sum), shaped.layer);
      shape = shaped.out;
    }
    layers.put("output", new ReferenceDense(size(shape), head.units()));
    return new ReferenceNetwork(layers, head, in[0]);
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Shaped(ReferenceLayer layer, int[] out) {}

  private static Shaped layer(Word word, int[] in, int position, Masks masks) {
    int size = size(in);
    return switch (word.name()) {
      case "dense" -> new Shaped(new ReferenceDense(size, word.whole()), new int[] {word.whole()});
      case "flatten" -> new Shaped(new ReferenceFlatten(), new int[] {size});
      case "batchNorm" ->
          new Shaped(
              in.length == 3
                  ? new ReferenceMapNorm(in[0], in[1] * in[2])
                  : new ReferenceBatchNorm(size),
              in);
      case "conv" -> {
        ReferenceMaps maps = maps(word, in, word.size("1"), 1, 1);
        yield new Shaped(new ReferenceConv(maps, word.whole(), false), maps.out(word.whole()));
      }
      case "depthwiseConv" -> {
        ReferenceMaps maps = maps(word, in, word.size("0"), 1, 1);
        yield new Shaped(new ReferenceConv(maps, in[0], true), maps.out(in[0]));
      }
      case "maxPool", "avgPool" -> {
        ReferenceMaps maps = maps(word, in, word.size("0"), word.size("0"));
        boolean largest = word.name().equals("maxPool");
        yield new Shaped(new ReferencePool(maps, largest), maps.out(in[0]));
      }
      case "globalAvgPool" -> {
        ReferenceMaps maps = maps(word, in, new int[] {in[1], in[2]}, 1, 1);
        yield new Shaped(new ReferencePool(maps, false), new int[] {in[0]});
      }
      case "rnn", "lstm", "gru" -> {
        ReferenceRecurrent layer = ReferenceRecurrent.of(word, in[0], in[1]);
        yield new Shaped(layer, new int[] {in[0], layer.outputs()});
      }
      case "last" -> new Shaped(new ReferenceLast(in[1]), new int[] {in[1]});
      case "embedding" -> {
        int width = word.whole("1");
        yield new Shaped(new ReferenceEmbedding(word.whole(), width), new int[] {in[0], width});
      }
      case "timeDelay" -> {
        ReferenceTimeDelay layer =
            new ReferenceTimeDelay(in[0], in[1], word.whole(), word.whole("1"));
        yield new Shaped(layer, new int[] {in[0], word.whole()});
      }
      case "layerNorm" -> {
        int steps = in.length == 2 ? in[0] : 1;
        yield new Shaped(new ReferenceLayerNorm(steps, size / steps, in.length == 2), in);
      }
      case "dropout" -> {
        double p = word.argument().orElseThrow();
        yield new Shaped(
            new ReferenceDropout(p, (row, unit) -> masks.keeps(position, p, size, row, unit)), in);
      }
      default -> new Shaped(new ReferenceActivationLayer(ReferenceActivations.of(word)), in);
    };
  }

  private static ReferenceMaps maps(Word word, int[] in, int[] kernel, int... stride) {
    return new ReferenceMaps(in, kernel, word.size("stride", stride), word.size("padding", 0, 0));
  }
}
