package sparkprop.text;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a value may be: a number, a whole number, a size, or true or false.
 *
 * @param wanted from the text of a value that is not allowed to what is, to follow "must be"
 * @param parser from the text of a value to the value, or to nothing if the text is not allowed
 */
record Kind(UnaryOperator<String> wanted, Function<String, Optional<Object>> parser) {
  static Kind number(Range range) {
    return new Kind(text -> "a number" + range.inWords(), text -> parse(text, range).map(x -> x));
  }

  static Kind whole(Range range) {
    Range small = range.within(-Integer.MAX_VALUE, Integer.MAX_VALUE);
    return new Kind(
        text -> {
          // The largest int is worth a word only to one who went beyond it.
          boolean tooLarge = parse(text, range).isPresent() && parse(text, small).isEmpty();
          String limit = tooLarge ? ", at most " + Integer.MAX_VALUE : "";
          return "a whole number" + range.inWords() + limit;
        },
        text -> parse(text, small).filter(x -> x == Math.rint(x)).map(Double::intValue));
  }

  static Kind size(Range range) {
    return new Kind(
        text -> "height x width, whole numbers" + range.inWords() + ", as in 5x5",
        text ->
            Size.parse(text)
                .filter(size -> range.contains(size.height()) && range.contains(size.width()))
                .map(size -> size));
  }

  static Kind flag() {
    return new Kind(
        text -> "true or false",
        text ->
            text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty());
  }

  Optional<Object> parse(String text) {
    return parser.apply(text);
  }

  String wanted(String text) {
    return wanted.apply(text);
  }

  /** A value as the grammar writes it. */
  static String print(Object value) {
    return value instanceof Double number ? Numbers.print(number) : value.toString();
  }

  private static Optional<Double> parse(String text, Range range) {
    return Numbers.parse(text).filter(range::contains);
  }
}
