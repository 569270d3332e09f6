package sparkprop.nn.layer.spatial;

import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Size;

/**
 * The mean of each map: as many numbers as there are channels (Lin, Chen and Yan, "Network in
 * network", 2014).
 *
 * @param input maps that come in
 */
public record GlobalAvgPool(MapShape input) implements Layer {
  private static final String NAME = "globalAvgPool";

  /** {@code globalAvgPool} of a text. */
  public record Spec() implements LayerSpec {
    @Override
    public String text() {
      return NAME;
    }

    @Override
    public GlobalAvgPool build(Shape input, Position position) {
      return new GlobalAvgPool(MapShape.of(input, NAME));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape output() {
    return Shape.of(input.channels());
  }

  @Override
  public long workspace() {
    return (long) input.channels() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    Window whole =
        new Window(new Size(input.height(), input.width()), new Size(1, 1), new Size(0, 0));
    return new AvgPoolPass(input, whole, capacity);
  }
}
