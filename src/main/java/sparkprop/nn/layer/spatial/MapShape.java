package sparkprop.nn.layer.spatial;

import sparkprop.nn.layer.Shape;

/**
 * The shape of a row of maps.
 *
 * @param channels how many maps
 * @param height rows of a map
 * @param width columns of a map
 */
record MapShape(int channels, int height, int width) implements java.io.Serializable {

  /**
   * A layer's input as maps.
   *
   * @param layer the layer's text, named in the error
   * @throws IllegalArgumentException if the input has not three dimensions
   */
  static MapShape of(Shape input, String layer) {
    if (input.dimensions().size() != 3) {
      throw new IllegalArgumentException(
          ("Layer %s takes maps of channels x height x width, but its input is of shape %s: set"
                  + " inputShape, '1x28x28' for example, and put the layer in front of those that"
                  + " flatten.")
              .formatted(layer, input));
    }
    return new MapShape(
        input.dimensions().get(0), input.dimensions().get(1), input.dimensions().get(2));
  }

  /** As the network has it. */
  Shape shape() {
    return Shape.of(channels, height, width);
  }

  /** Numbers of one map. */
  int area() {
    return height * width;
  }

  /** Numbers of a row. */
  int size() {
    return channels * area();
  }
}
