package sparkprop.text;

import org.jspecify.annotations.Nullable;

/**
 * One argument of a call, as written.
 *
 * @param key the key of {@code key=value}, or null for an argument given by position
 * @param value the value; which kind of value it must be, the {@link Parameter} says
 */
public record Argument(@Nullable Token key, Token value) {}
