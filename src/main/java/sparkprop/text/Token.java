package sparkprop.text;

/**
 * A run of letters, digits and {@code . + - _}: a name, a key or a value, with its place.
 *
 * @param source the text it stands in
 * @param offset its place there, counted from 0
 * @param text the run as written
 */
public record Token(Source source, int offset, String text) {

  /** An error whose caret stands under the first character of this token. */
  public TextException error(String sentence) {
    return source.error(offset, sentence);
  }

  /** Whether it can be a name or a key: a letter, then letters, digits, {@code -} and {@code _}. */
  boolean isName() {
    return Character.isLetter(text.charAt(0)) && text.indexOf('.') < 0 && text.indexOf('+') < 0;
  }
}
