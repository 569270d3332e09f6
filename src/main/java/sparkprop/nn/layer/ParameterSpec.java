package sparkprop.nn.layer;

import org.jspecify.annotations.Nullable;

/**
 * A parameter that a layer asks the network to keep in its flat array.
 *
 * @param name unique within the layer: {@code weight}, {@code bias}
 * @param kind what it is for
 * @param shape its own shape, row-major in the flat array
 * @param fanIn for a weight: how many values each unit sums, by which initialisers scale
 * @param fanOut for a weight: how many units each value feeds
 * @param start the value every element starts with; a weight is drawn instead
 * @param initialiser for a weight: the text of the initialiser that suits it; null where that is a
 *     matter of the activation which the layer feeds
 */
public record ParameterSpec(
    String name,
    ParameterKind kind,
    Shape shape,
    int fanIn,
    int fanOut,
    float start,
    @Nullable String initialiser)
    implements java.io.Serializable {

  /** A weight, drawn by an initialiser. */
  public static ParameterSpec weight(String name, Shape shape, int fanIn, int fanOut) {
    return new ParameterSpec(name, ParameterKind.WEIGHT, shape, fanIn, fanOut, 0f, null);
  }

  /** This weight, drawn by its own initialiser unless the user names one. */
  public ParameterSpec suiting(String text) {
    return new ParameterSpec(name, kind, shape, fanIn, fanOut, start, text);
  }

  /** A parameter whose elements all start with the same value. */
  public static ParameterSpec constant(String name, ParameterKind kind, Shape shape, float start) {
    return new ParameterSpec(name, kind, shape, 0, 0, start, null);
  }
}
