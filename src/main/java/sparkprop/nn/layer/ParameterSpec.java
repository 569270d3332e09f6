package sparkprop.nn.layer;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a layer asks the network to keep in its flat array.
 *
 * @param name unique within the layer: {@code weight}, {@code bias}
 * @param kind what it is for
 * @param shape its own shape, row-major in the flat array
 * @param fanIn for a weight: how many values each unit sums, by which initialisers scale
 * @param fanOut for a weight: how many units each value feeds
 * @param starts the values its elements start with, each for as many in a row; a weight is drawn
 *     instead
 * @param initialiser for a weight: the text of the initialiser that suits it; null where that is a
 *     matter of the activation which the layer feeds
 * @param heldAtZero for a weight: how many of its first elements are not drawn but 0; the layer
 *     gives them no gradient
 */
public record ParameterSpec(
    String name,
    ParameterKind kind,
    Shape shape,
    int fanIn,
    int fanOut,
    List<Float> starts,
    @Nullable String initialiser,
    int heldAtZero)
    implements java.io.Serializable {

  /** A weight, drawn by an initialiser. */
  public static ParameterSpec weight(String name, Shape shape, int fanIn, int fanOut) {
    return weight(name, ParameterKind.WEIGHT, shape, fanIn, fanOut);
  }

  /** A weight of this kind, drawn by an initialiser. */
  public static ParameterSpec weight(
      String name, ParameterKind kind, Shape shape, int fanIn, int fanOut) {
    return new ParameterSpec(name, kind, shape, fanIn, fanOut, List.of(0f), null, 0);
  }

  /** This weight, drawn by its own initialiser unless the user names one. */
  public ParameterSpec suiting(String text) {
    return new ParameterSpec(name, kind, shape, fanIn, fanOut, starts, text, heldAtZero);
  }

  /** This weight with its first elements at 0. */
  public ParameterSpec holding(int elements) {
    return new ParameterSpec(name, kind, shape, fanIn, fanOut, starts, initialiser, elements);
  }

  /** A parameter whose elements all start with the same value. */
  public static ParameterSpec constant(String name, ParameterKind kind, Shape shape, float start) {
    return constants(name, kind, shape, List.of(start));
  }

  /** A parameter in equal parts, each of which starts with a value of its own. */
  public static ParameterSpec constants(
      String name, ParameterKind kind, Shape shape, List<Float> starts) {
    return new ParameterSpec(name, kind, shape, 0, 0, List.copyOf(starts), null, 0);
  }

  /** Writes what its elements start with into the flat array, where it begins at an offset. */
  public void start(float[] weights, int offset) {
    int part = shape.size() / starts.size();
    for (int i = 0; i < starts.size(); i++) {
      Arrays.fill(weights, offset + i * part, offset + (i + 1) * part, starts.get(i));
    }
  }
}
