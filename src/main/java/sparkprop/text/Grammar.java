package sparkprop.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The parser of the one grammar, a method for each production:
 *
 * <pre>
 * text     = [ call { space call } ]
 * call     = name [ "(" [ argument { "," argument } ] ")" ]
 * argument = [ key "=" ] value
 * </pre>
 *
 * <p>Names, keys and values are {@link Token}s; white space may stand between any two of them. The
 * parser checks the shape of a text only: which names and values are right is for a {@link
 * Vocabulary} to say.
 */
public final class Grammar {
  private final Source source;
  private final String text;
  private int at;

  private Grammar(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /**
   * Reads a sequence of calls; an empty or blank text is the empty sequence.
   *
   * @param what what the text sets, named in errors: {@code network}
   * @throws TextException if the text is not of the grammar
   */
  public static List<Call> parse(String what, String text) {
    return new Grammar(new Source(what, text)).sequence();
  }

  /**
   * Reads exactly one call.
   *
   * @param what what the text sets, named in errors: {@code solver}
   * @throws TextException if the text is not of the grammar, empty, or more than one call
   */
  public static Call parseOne(String what, String text) {
    Source source = new Source(what, text);
    List<Call> calls = new Grammar(source).sequence();
    if (calls.isEmpty()) {
      throw source.error(0, "a name was expected, but the text is empty");
    }
    if (calls.size() > 1) {
      throw calls.get(1).error("one name alone was expected, but another follows");
    }
    return calls.get(0);
  }

  private List<Call> sequence() {
    List<Call> calls = new ArrayList<>();
    skipSpace();
    while (at < text.length()) {
      if (!calls.isEmpty() && !Character.isWhitespace(text.charAt(at - 1))) {
        throw expected("white space or the end of the text");
      }
      calls.add(call());
      skipSpace();
    }
    return List.copyOf(calls);
  }

  private Call call() {
    Token name = token("a name");
    if (!name.isName()) {
      throw name.error("a name was expected, but '" + name.text() + "' was found");
    }
    int end = at;
    skipSpace();
    if (!accept('(')) {
      at = end;
      return new Call(name, List.of());
    }
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (!accept(')')) {
      do {
        arguments.add(argument());
      } while (accept(','));
      if (!accept(')')) {
        throw expected("',' or ')'");
      }
    }
    return new Call(name, arguments);
  }

  private Argument argument() {
    skipSpace();
    Token first = token("an argument");
    skipSpace();
    if (!accept('=')) {
      return new Argument(null, first);
    }
    if (!first.isName()) {
      throw first.error("a key was expected before '=', but '" + first.text() + "' was found");
    }
    skipSpace();
    Token value = token("a value");
    skipSpace();
    return new Argument(first, value);
  }

  private Token token(String wanted) {
    int start = at;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw expected(wanted);
    }
    return new Token(source, start, text.substring(start, at));
  }

  private TextException expected(String wanted) {
    String found =
        at < text.length()
            ? "'" + Character.toString(text.codePointAt(at)) + "' was found"
            : "the text ends here";
    return source.error(at, wanted + " was expected, but " + found);
  }

  private boolean accept(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  // ASCII only, so that reading names in any case means the same under every locale.
  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._+-".indexOf(c) >= 0;
  }
}
