package sparkprop.text;

import java.util.Map;
import java.util.Optional;

/**
 * The checked arguments of one call, defaults filled in, from which a {@link Vocabulary} builds its
 * value. Asking for a parameter that the signature lacks, or as another type, is a programming
 * error.
 */
public final class Arguments {
  private final Signature signature;
  private final Map<String, Object> values;

  Arguments(Signature signature, Map<String, Object> values) {
    this.signature = signature;
    this.values = Map.copyOf(values);
  }

  /** The value of a {@link Parameter#number}. */
  public double number(String parameter) {
    return get(parameter, Double.class);
  }

  /** The value of a {@link Parameter#whole}. */
  public int whole(String parameter) {
    return get(parameter, Integer.class);
  }

  /** The value of a {@link Parameter#size}. */
  public Size size(String parameter) {
    return get(parameter, Size.class);
  }

  /** The value of a {@link Parameter#flag}. */
  public boolean flag(String parameter) {
    return get(parameter, Boolean.class);
  }

  /** Whether there is a value; false only for an absent {@link Parameter#optional} one. */
  public boolean has(String parameter) {
    return values.containsKey(parameter);
  }

  /** The canonical text of the call: {@link Signature#print}. */
  public String text() {
    return signature.print(
        signature.parameters().stream().map(parameter -> values.get(parameter.name())).toArray());
  }

  private <V> V get(String parameter, Class<V> type) {
    return Optional.ofNullable(values.get(parameter))
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s '%s'."
                        .formatted(signature.name(), type.getSimpleName(), parameter)));
  }
}
