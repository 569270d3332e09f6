package sparkprop.optim;

/**
 * A run of neighbours in the flat array of weights, for instance those of one layer's matrix.
 *
 * @param offset where it begins
 * @param length how many weights it has
 */
public record Segment(int offset, int length) implements java.io.Serializable {
  /** Refuses negative numbers and an end beyond the largest array. */
  public Segment {
    if (offset < 0 || length < 0 || offset > Integer.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "A segment needs an offset and a length of at least 0 and an int as end, not %d and %d."
              .formatted(offset, length));
    }
  }

  int end() {
    return offset + length;
  }
}
