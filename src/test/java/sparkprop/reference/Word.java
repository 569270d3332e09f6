package sparkprop.reference;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A word of a text such as {@code relu} or {@code dense(4)}.
 *
 * @param argument the number in its parentheses, if there are any
 */
record Word(String name, OptionalDouble argument) {
  private static final Pattern WORD = Pattern.compile("(\\w+)(?:\\(([-.\\d]+)\\))?");

  /** The words of a text, the simplest way there is. */
  static List<Word> of(String text) {
    return WORD.matcher(text)
        .results()
        .map(
            word ->
                new Word(
                    word.group(1),
                    word.group(2) == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.parseDouble(word.group(2)))))
        .toList();
  }
}
