package sparkprop.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one name is called: its official spelling and its parameters in order. As in Python, every
 * argument may be given by position or by key, those by position first.
 *
 * @param name the official spelling
 * @param parameters the parameters in their order, required ones first
 */
public record Signature(String name, List<Parameter> parameters) {
  /** Copies the list. */
  public Signature {
    parameters = List.copyOf(parameters);
    parameters.forEach(parameter -> parameter.defaultValue(name)); // refuses one that does not fit
  }

  /** A signature of these parameters: {@code of("dropout", number("rate", range))}. */
  public static Signature of(String name, Parameter... parameters) {
    return new Signature(name, List.of(parameters));
  }

  /**
   * The canonical text of a call: the official name; required arguments by position; others as
   * {@code key=value}, or by position where the parameter says so; those equal to their default
   * left out.
   *
   * @param values a value for each parameter in order; null for an optional one that is absent
   * @throws IllegalArgumentException if a value is not one that its parameter allows
   */
  public String print(@Nullable Object... values) {
    if (values.length != parameters.size()) {
      throw new IllegalArgumentException(
          "%s has %d parameters, but was given %d values."
              .formatted(name, parameters.size(), values.length));
    }
    StringBuilder text = new StringBuilder();
    boolean byPosition = true;
    for (int i = 0; i < values.length; i++) {
      Parameter parameter = parameters.get(i);
      Optional<Object> value =
          Optional.ofNullable(values[i]).map(given -> parameter.check(given, name));
      if (parameter.isRequired() && value.isEmpty()) {
        throw new IllegalArgumentException(missing(parameter) + ".");
      }
      if (value.equals(parameter.defaultValue(name))) {
        byPosition = false;
        continue;
      }
      byPosition &= parameter.isPositional();
      text.append(text.isEmpty() ? "" : ", ")
          .append(byPosition ? "" : parameter.name() + "=")
          .append(Kind.print(value.orElseThrow()));
    }
    return text.isEmpty() ? name : name + "(" + text + ")";
  }

  /** Checks the arguments of a call and fills in the defaults. */
  Arguments bind(Call call) {
    Map<String, Object> values = new HashMap<>();
    boolean keyed = false;
    for (int i = 0; i < call.arguments().size(); i++) {
      Argument argument = call.arguments().get(i);
      Token place = argument.key() == null ? argument.value() : argument.key();
      if (argument.key() == null && keyed) {
        throw place.error("an argument by position must stand before those by key");
      }
      keyed |= argument.key() != null;
      Parameter parameter = argument.key() == null ? atPosition(i, place) : withKey(place);
      if (values.containsKey(parameter.name())) {
        throw place.error("%s of %s is given twice".formatted(parameter.name(), name));
      }
      values.put(parameter.name(), parameter.read(argument.value(), name));
    }
    for (Parameter parameter : parameters) {
      if (parameter.isRequired() && !values.containsKey(parameter.name())) {
        throw call.error(missing(parameter));
      }
      parameter.defaultValue(name).ifPresent(value -> values.putIfAbsent(parameter.name(), value));
    }
    return new Arguments(this, values);
  }

  private Parameter atPosition(int i, Token place) {
    if (i < parameters.size()) {
      return parameters.get(i);
    }
    throw place.error(
        switch (parameters.size()) {
          case 0 -> name + " takes no argument";
          case 1 -> name + " takes one argument only";
          default -> name + " takes " + parameters.size() + " arguments only";
        });
  }

  private Parameter withKey(Token key) {
    String wanted = key.text().toLowerCase(Locale.ROOT);
    List<String> names = parameters.stream().map(Parameter::name).toList();
    return parameters.stream()
        .filter(parameter -> parameter.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                key.error(
                    names.isEmpty()
                        ? name + " takes no argument"
                        : "%s has no argument '%s'; %s"
                            .formatted(name, key.text(), Nearest.hint(key.text(), names, names))));
  }

  private String missing(Parameter parameter) {
    String usage =
        parameters.stream()
            .filter(Parameter::isRequired)
            .map(Parameter::name)
            .collect(Collectors.joining(", ", name + "(", ")"));
    return "%s needs a value for %s, as in %s".formatted(name, parameter.name(), usage);
  }
}
