package sparkprop.nn.layer;

/** A layer as the text names it, before its input shape is known. */
public interface LayerSpec {
  /** The canonical text. */
  String text();

  /** Whether, in training, its output hangs on chance. */
  default boolean random() {
    return false;
  }

  /**
   * The layer for inputs of this shape.
   *
   * @param position where it stands; layers inside it stand {@link Position#inside} that
   * @throws IllegalArgumentException if the layer does not fit the shape, saying both
   */
  Layer build(Shape input, Position position);
}
