package sparkprop.nn.layer.spatial;

import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;
import sparkprop.text.Signature;

/**
 * One number for what a window sees on each map.
 *
 * @param kind which number
 * @param input maps that come in
 * @param window what is seen at each place
 */
public record Pool(Kind kind, MapShape input, Window window) implements Layer {

  /** Which number stands for those that a window sees. */
  public enum Kind {
    /** The largest: {@link MaxPoolPass}. */
    MAX("maxPool", 2) {
      @Override
      LayerPass newPass(MapShape map, Window window, int capacity) {
        return new MaxPoolPass(map, window, capacity);
      }
    },
    /** Their mean: {@link AvgPoolPass}. */
    AVG("avgPool", 1) {
      @Override
      LayerPass newPass(MapShape map, Window window, int capacity) {
        return new AvgPoolPass(map, window, capacity);
      }
    };

    private final String text;
    private final int kept;

    /**
     * A kind.
     *
     * @param kept numbers that a pass keeps for each one it puts out
     */
    Kind(String text, int kept) {
      this.text = text;
      this.kept = kept;
    }

    /** What a text may say of it. */
    public Signature signature() {
      return Signature.of(text, Window.KERNEL, Window.POOL_STRIDE, Window.PADDING);
    }

    abstract LayerPass newPass(MapShape map, Window window, int capacity);
  }

  /** {@code maxPool(kernel, stride=kernel, padding=0x0)} of a text. */
  public record Spec(Kind kind, Window window) implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Kind kind, Arguments arguments) {
      return new Spec(kind, Window.of(arguments).paddedWithin(kind.text));
    }

    @Override
    public String text() {
      return kind.signature().print(window.kernel(), window.poolStride(), window.padding());
    }

    @Override
    public Pool build(Shape input, Position position) {
      MapShape maps = MapShape.of(input, text());
      window.over(maps, maps.channels(), text());
      return new Pool(kind, maps, window);
    }
  }

  @Override
  public String text() {
    return new Spec(kind, window).text();
  }

  @Override
  public String name() {
    return kind.text;
  }

  @Override
  public Shape output() {
    return window.over(input, input.channels(), text()).shape();
  }

  @Override
  public long workspace() {
    return (long) kind.kept * output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return kind.newPass(input, window, capacity);
  }
}
