package sparkprop.text;

/**
 * A text as the user wrote it, and what it is for.
 *
 * @param what what the text sets, usually the name of a Param: {@code network}, {@code solver}
 * @param text the text itself
 */
public record Source(String what, String text) {

  /**
   * An error at one place of this text.
   *
   * @param offset the place, counted from 0; the length of the text stands for its end
   * @param sentence what is wrong and what to do, without a full stop
   */
  public TextException error(int offset, String sentence) {
    return new TextException(this, offset, sentence);
  }
}
