package sparkprop.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A word of a text such as {@code relu}, {@code dense(4)} or {@code conv(3, 5x5, stride=2)}.
 *
 * @param arguments what stands in its parentheses by key, or by place, {@code "0"} and so on
 */
record Word(String name, Map<String, String> arguments) {
  private static final Pattern WORD = Pattern.compile("(\\w+)(?:\\(([^)]*)\\))?");

  /** The words of a text, the simplest way there is. */
  static List<Word> of(String text) {
    return WORD.matcher(text)
        .results()
        .map(word -> new Word(word.group(1), arguments(word.group(2))))
        .toList();
  }

  private static Map<String, String> arguments(String text) {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (text != null) {
      for (String argument : text.split("\\s*,\\s*", -1)) {
        String[] parts = argument.split("=", -1);
        arguments.put(
            parts.length == 1 ? String.valueOf(arguments.size()) : parts[0],
            parts[parts.length - 1]);
      }
    }
    return arguments;
  }

  /** The first argument, if it is a number. */
  OptionalDouble argument() {
    return arguments.containsKey("0")
        ? OptionalDouble.of(Double.parseDouble(arguments.get("0")))
        : OptionalDouble.empty();
  }

  /** The first argument, a whole number. */
  int whole() {
    return (int) argument().orElseThrow();
  }

  /** A whole number. */
  int whole(String key) {
    return Integer.parseInt(arguments.get(key));
  }

  /** Height and width: {@code 5x3}, or {@code 5} for both. */
  int[] size(String key, int... otherwise) {
    String text = arguments.get(key);
    if (text == null) {
      return otherwise;
    }
    String[] parts = text.split("x", -1);
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1])};
  }
}
