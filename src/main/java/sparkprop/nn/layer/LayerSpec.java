package sparkprop.nn.layer;

/** A layer as the text names it, before its input shape is known. */
public interface LayerSpec {
  /** The canonical text. */
  String text();

  /**
   * The layer for inputs of this shape.
   *
   * @param position its number in the network, from 0: keeps the random numbers of two dropouts
   *     apart
   * @throws IllegalArgumentException if the layer does not fit the shape, saying both
   */
  Layer build(Shape input, int position);
}
