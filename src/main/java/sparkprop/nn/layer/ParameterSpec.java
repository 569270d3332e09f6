package sparkprop.nn.layer;

/**
 * A parameter that a layer asks the network to keep in its flat array.
 *
 * @param name unique within the layer: {@code weight}, {@code bias}
 * @param kind what it is for
 * @param shape its own shape, row-major in the flat array
 * @param fanIn for a weight: how many values each unit sums, by which initialisers scale
 * @param fanOut for a weight: how many units each value feeds
 * @param start the value every element starts with; a weight is drawn instead
 */
public record ParameterSpec(
    String name, ParameterKind kind, Shape shape, int fanIn, int fanOut, float start)
    implements java.io.Serializable {

  /** A weight, drawn by the initialiser. */
  public static ParameterSpec weight(String name, Shape shape, int fanIn, int fanOut) {
    return new ParameterSpec(name, ParameterKind.WEIGHT, shape, fanIn, fanOut, 0f);
  }

  /** A parameter whose elements all start with the same value. */
  public static ParameterSpec constant(String name, ParameterKind kind, Shape shape, float start) {
    return new ParameterSpec(name, kind, shape, 0, 0, start);
  }
}
