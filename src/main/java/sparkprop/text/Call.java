package sparkprop.text;

import java.util.List;

/**
 * One call of a text, as written: {@code dense(256)}, {@code relu}, {@code adam(beta1=0.8)}.
 *
 * @param name the name, in the user's spelling
 * @param arguments what stood between the parentheses; empty without parentheses
 */
public record Call(Token name, List<Argument> arguments) {
  /** Copies the list. */
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** An error whose caret stands under the name of this call. */
  public TextException error(String sentence) {
    return name.error(sentence);
  }
}
