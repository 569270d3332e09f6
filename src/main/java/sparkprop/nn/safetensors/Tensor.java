package sparkprop.nn.safetensors;

import java.util.List;

/**
 * A named run of a float array.
 *
 * @param name unique in its file
 * @param shape its sizes, outermost first; the values stand in row-major order
 * @param array the array that holds it, not copied
 * @param offset where it begins in the array
 */
// A view that is never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(String name, List<Integer> shape, float[] array, int offset) {
  /** Checks that the array is long enough, and copies the shape. */
  public Tensor {
    shape = List.copyOf(shape);
    if (offset < 0 || offset + (long) length(shape) > array.length) {
      throw new IllegalArgumentException(
          "Tensor %s of shape %s does not fit an array of %d numbers from %d on."
              .formatted(name, shape, array.length, offset));
    }
  }

  /** How many numbers it has. */
  public int length() {
    return length(shape);
  }

  static int length(List<Integer> shape) {
    int length = 1;
    for (int size : shape) {
      length = Math.multiplyExact(length, size);
    }
    return length;
  }
}
