package sparkprop.nn;

import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Shape;

/**
 * A named piece of the network's flat array.
 *
 * @param name {@code layer.parameter}, such as {@code dense1.weight} or {@code output.bias}
 * @param offset index of its first element
 * @param spec what the layer asked for
 */
public record Parameter(String name, int offset, ParameterSpec spec)
    implements java.io.Serializable {

  /** What the parameter is for. */
  public ParameterKind kind() {
    return spec.kind();
  }

  /** Its shape; a weight is in x out. */
  public Shape shape() {
    return spec.shape();
  }

  /** Number of elements. */
  public int size() {
    return shape().size();
  }
}
