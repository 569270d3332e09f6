package sparkprop.nn.layer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shape of one row's values between two layers, outermost dimension first: {@code [features]},
 * {@code [channels, height, width]} or {@code [steps, features]}; or that of a weight. In memory
 * the values stand side by side, the last dimension running fastest.
 *
 * @param dimensions sizes, each at least 1
 */
public record Shape(List<Integer> dimensions) implements java.io.Serializable {
  private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,8}(x[1-9]\\d{0,8})*");

  /** Checks and copies the sizes. */
  public Shape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "A shape needs sizes of at least 1, but was given " + dimensions + ".");
    }
  }

  /** The shape with these sizes. */
  public static Shape of(int... sizes) {
    return new Shape(Arrays.stream(sizes).boxed().toList());
  }

  /**
   * Reads a shape as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Shape parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a shape is written 28, 1x28x28 (channels, height, width) or 50x32 (steps, features), but"
              + " '%s' was given".formatted(text));
    }
    Shape shape = new Shape(Arrays.stream(text.split("x", -1)).map(Integer::valueOf).toList());
    shape.size();
    return shape;
  }

  /**
   * How many floats a row or a weight of this shape takes.
   *
   * @throws IllegalArgumentException if they would not fit one array
   */
  public int size() {
    long product = 1;
    for (int d : dimensions) {
      product *= d;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            ("The network has a layer with %s numbers, more than one array can hold (2^31): use"
                    + " narrower layers.")
                .formatted(this));
      }
    }
    return (int) product;
  }

  /** As it is read aloud: {@code 64} or {@code 6x24x24}. */
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
