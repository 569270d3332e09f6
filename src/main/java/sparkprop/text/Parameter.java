package sparkprop.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a {@link Signature}: its name, the values it allows, and what holds when the
 * text does not give it. A parameter is required unless {@link #orElse} or {@link #optional} says
 * otherwise. Immutable.
 */
public final class Parameter {
  private final String name;
  private final Kind kind;
  private final boolean required;
  private final @Nullable Object defaultValue;
  private final boolean positional;

  private Parameter(
      String name, Kind kind, boolean required, @Nullable Object defaultValue, boolean positional) {
    this.name = name;
    this.kind = kind;
    this.required = required;
    this.defaultValue = defaultValue;
    this.positional = positional;
  }

  private static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true, null, true);
  }

  /** A number, read as a {@code double}: {@code 0.9}, {@code 1e-3}, {@code -2}. */
  public static Parameter number(String name, Range range) {
    return required(name, Kind.number(range));
  }

  /** A whole number, read as an {@code int}: {@code 256}. */
  public static Parameter whole(String name, Range range) {
    return required(name, Kind.whole(range));
  }

  /** Height and width, read as a {@link Size}: {@code 5x3}, or {@code 5} for {@code 5x5}. */
  public static Parameter size(String name, Range range) {
    return required(name, Kind.size(range));
  }

  /** {@code true} or {@code false}, in any case, read as a {@code boolean}. */
  public static Parameter flag(String name) {
    return required(name, Kind.flag());
  }

  /**
   * This parameter with a default; printed as {@code key=value}, and only if it differs from it.
   */
  public Parameter orElse(Object value) {
    return new Parameter(name, kind, false, value, false);
  }

  /** This parameter without a default: its absence means something of its own. */
  public Parameter optional() {
    return new Parameter(name, kind, false, null, false);
  }

  /** This parameter with a default, printed by position: {@code momentum(0.8)}. */
  public Parameter positional() {
    return new Parameter(name, kind, required, defaultValue, true);
  }

  /** The official spelling of its key. */
  public String name() {
    return name;
  }

  boolean isRequired() {
    return required;
  }

  boolean isPositional() {
    return positional;
  }

  /** The default as a call of {@code owner} would give it, if there is one. */
  Optional<Object> defaultValue(String owner) {
    return Optional.ofNullable(defaultValue).map(value -> check(value, owner));
  }

  /** Reads a value written for this parameter of {@code owner}. */
  Object read(Token value, String owner) {
    return kind.parse(value.text())
        .orElseThrow(() -> value.error(mustBe(owner, value.text()) + " was found"));
  }

  /**
   * A value that a program gives for this parameter of {@code owner}, as {@link #read} reads it.
   */
  Object check(Object value, String owner) {
    String text = Kind.print(value);
    return kind.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(mustBe(owner, text) + " was given."));
  }

  private String mustBe(String owner, String text) {
    return "%s of %s must be %s, but '%s'".formatted(name, owner, kind.wanted(text), text);
  }
}
