package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.layer.Shape;

/**
 * The shape of a row that is a sequence.
 *
 * @param steps how many steps it has room for
 * @param features numbers of a step
 */
record SequenceShape(int steps, int features) implements java.io.Serializable {

  /**
   * A layer's input as sequences.
   *
   * @param layer the layer's text, named in the error
   * @throws IllegalArgumentException if the input has not two dimensions
   */
  static SequenceShape of(Shape input, String layer) {
    if (input.dimensions().size() != 2) {
      throw new IllegalArgumentException(
          ("Layer %s takes sequences of steps x features, but its input is of shape %s: set"
                  + " inputShape, '50x32' for example, and put the layer in front of those that"
                  + " flatten.")
              .formatted(layer, input));
    }
    return new SequenceShape(input.dimensions().get(0), input.dimensions().get(1));
  }

  /** The same number of steps with other features. */
  SequenceShape of(int newFeatures) {
    return new SequenceShape(steps, newFeatures);
  }

  /** As the network has it. */
  Shape shape() {
    return Shape.of(steps, features);
  }

  /** Numbers of a row. */
  int size() {
    return steps * features;
  }

  /** Puts zeros where rows of this shape have ended. */
  void clearPadding(DenseRows rows, int[] lengths) {
    for (int i = 0; i < rows.rows(); i++) {
      Arrays.fill(
          rows.values(), (i * steps + lengths[i]) * features, (i + 1) * steps * features, 0f);
    }
  }
}
