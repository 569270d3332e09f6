package sparkprop.text;

/**
 * A size in two directions, written {@code 5x5}.
 *
 * @param height the number before the x: rows
 * @param width the number after the x: columns
 */
public record Size(int height, int width) {

  /** As the grammar writes it: {@code 5x5}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
