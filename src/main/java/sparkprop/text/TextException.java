package sparkprop.text;

/**
 * A text that cannot be read. The message is one sentence, then the text, then a caret under the
 * column at fault:
 *
 * <pre>
 * network, column 12: no layer is called 'rellu'; the nearest known name is 'relu'.
 *   dense(256) rellu
 *              ^
 * </pre>
 */
public final class TextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int column;

  TextException(Source source, int offset, String sentence) {
    super(message(source, offset, sentence));
    this.column = offset + 1;
  }

  /** The column at fault, counted from 1; one past the last for the end of the text. */
  public int column() {
    return column;
  }

  private static String message(Source source, int offset, String sentence) {
    // A line break or tab inside the text would put the caret under another character.
    String oneLine = source.text().replaceAll("\\s", " ");
    String caret = " ".repeat(offset) + "^";
    return "%s, column %d: %s.".formatted(source.what(), offset + 1, sentence)
        + "\n  "
        + oneLine
        + "\n  "
        + caret;
  }
}
