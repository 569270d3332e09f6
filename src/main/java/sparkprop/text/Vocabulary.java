package sparkprop.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The names known in one place, each with its signature and with what it stands for: the solvers,
 * the layers, the losses. Immutable; {@link #with} gives a larger one.
 *
 * <pre>{@code
 * Vocabulary<Layer> layers = Vocabulary.<Layer>of("layer")
 *     .with(Signature.of("relu"), arguments -> new Relu())
 *     .with(Signature.of("dropout", Parameter.number("rate", Range.atLeast(0).below(1))),
 *         arguments -> new Dropout(arguments.number("rate")));
 * List<Layer> hidden = layers.readAll("network", "relu dropout(0.2)");
 * }</pre>
 *
 * @param <T> what the names stand for
 */
public final class Vocabulary<T> {
  private record Entry<T>(Signature signature, Function<Arguments, ? extends T> factory) {
    T read(Call call) {
      return factory.apply(signature.bind(call));
    }
  }

  private final String noun;

  /** By name in lower case, in the order in which they were added. */
  private final Map<String, Entry<T>> entries;

  private Vocabulary(String noun, Map<String, Entry<T>> entries) {
    this.noun = noun;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * A vocabulary without names.
   *
   * @param noun what a name of it is called in errors: {@code solver}
   */
  public static <T> Vocabulary<T> of(String noun) {
    return new Vocabulary<>(noun, new LinkedHashMap<>());
  }

  /**
   * This vocabulary and one more name.
   *
   * @param factory builds what the name stands for; to refuse a combination of arguments it throws
   *     an IllegalArgumentException
   * @throws IllegalArgumentException if the name is known already
   */
  public Vocabulary<T> with(Signature signature, Function<Arguments, ? extends T> factory) {
    return with(signature.name(), new Entry<>(signature, factory));
  }

  /** This vocabulary and another name for one it knows; the official spelling stays the first. */
  public Vocabulary<T> alias(String alias, String name) {
    Entry<T> entry = entries.get(lower(name));
    if (entry == null) {
      throw new IllegalArgumentException("No " + noun + " is called '" + name + "'.");
    }
    return with(alias, entry);
  }

  /** This vocabulary and all names of another. */
  public <U> Vocabulary<T> plus(Vocabulary<U> other, Function<? super U, ? extends T> function) {
    Vocabulary<T> sum = this;
    for (Map.Entry<String, Entry<U>> name : other.entries.entrySet()) {
      Entry<U> entry = name.getValue();
      sum =
          sum.with(
              name.getKey(), new Entry<>(entry.signature(), entry.factory().andThen(function)));
    }
    return sum;
  }

  private Vocabulary<T> with(String name, Entry<T> entry) {
    Map<String, Entry<T>> more = new LinkedHashMap<>(entries);
    if (more.put(lower(name), entry) != null) {
      throw new IllegalArgumentException("A " + noun + " called '" + name + "' is there already.");
    }
    return new Vocabulary<>(noun, more);
  }

  /** The official spellings, in the order in which they were added. */
  public List<String> names() {
    return entries.values().stream().map(entry -> entry.signature().name()).distinct().toList();
  }

  /**
   * What a call stands for.
   *
   * @throws TextException if its name is unknown or its arguments do not fit
   */
  public T read(Call call) {
    Entry<T> entry = entries.get(lower(call.name().text()));
    if (entry == null) {
      String name = call.name().text();
      throw call.error(
          "no %s is called '%s'; %s"
              .formatted(noun, name, Nearest.hint(name, names(), spellings())));
    }
    return entry.read(call);
  }

  /**
   * What a text of one call stands for.
   *
   * @param what what the text sets, named in errors
   * @throws TextException if the text cannot be read
   */
  public T readOne(String what, String text) {
    return read(Grammar.parseOne(what, text));
  }

  /**
   * What each call of a text stands for; nothing for an empty text.
   *
   * @param what what the text sets, named in errors
   * @throws TextException if the text cannot be read
   */
  public List<T> readAll(String what, String text) {
    return Grammar.parse(what, text).stream().map(this::read).toList();
  }

  /** The official spellings and the aliases. */
  private List<String> spellings() {
    List<String> spellings = new ArrayList<>(names());
    spellings.addAll(entries.keySet());
    return spellings;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
