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

  TextException(Source source, int offset, String sentence) {
    super(message(source, offset, sentence));
  }

  private static String message(Source source, int offset, String sentence) {
    // A line break or tab inside the text would put the caret under another character.
    String oneLine = source.text().replaceAll("\\s", " ");
    String caret = " ".repeat(offset) + "^";
    return source.what()
        + ", column "
        + (offset + 1)
        + ": "
        + sentence
        + "."
        + "\n  "
        + oneLine
        + "\n  "
        + caret;
  }
}
