package sparkprop.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Height and width, written {@code 5x3}; a single number, {@code 5}, is a square of it.
 *
 * @param height rows of a map
 * @param width columns of a map
 */
public record Size(int height, int width) implements java.io.Serializable {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9}))?");

  /** The size that a text writes, or nothing if it is none. */
  static Optional<Size> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int height = Integer.parseInt(form.group(1));
    return Optional.of(
        new Size(height, form.group(2) == null ? height : Integer.parseInt(form.group(2))));
  }

  /** {@code 5x3}, squares as well. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
