package sparkprop.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;

/**
 * Where each parameter lies in the network's one flat array: first all that a solver moves, layer
 * by layer, then the layers' running statistics. A gradient has the length of the first part alone.
 */
public final class ParameterLayout implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  private final List<Parameter> parameters;
  private final int[][] offsets;
  private final int trainableSize;
  private final int size;

  /**
   * Lays out the parameters of these layers.
   *
   * @param layers the layers, lowest first
   * @param names each layer's name, unique
   * @throws IllegalArgumentException if the parameters do not fit one array
   */
  ParameterLayout(List<Layer> layers, List<String> names) {
    Parameter[][] found = new Parameter[layers.size()][];
    offsets = new int[layers.size()][];
    List<Parameter> inOrder = new ArrayList<>();
    int next = 0;
    int trainable = 0;
    for (boolean wantTrainable : new boolean[] {true, false}) {
      for (int l = 0; l < layers.size(); l++) {
        List<ParameterSpec> specs = layers.get(l).parameters();
        if (wantTrainable) {
          found[l] = new Parameter[specs.size()];
          offsets[l] = new int[specs.size()];
        }
        for (int i = 0; i < specs.size(); i++) {
          if (specs.get(i).kind().trainable() == wantTrainable) {
            Parameter p =
                new Parameter(names.get(l) + "." + specs.get(i).name(), next, specs.get(i));
            found[l][i] = p;
            offsets[l][i] = next;
            inOrder.add(p);
            next = end(p);
          }
        }
      }
      trainable = wantTrainable ? next : trainable;
    }
    parameters = List.copyOf(inOrder);
    trainableSize = trainable;
    size = next;
  }

  private static int end(Parameter p) {
    long end = (long) p.offset() + p.size();
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "The network has more weights than one array can hold (2^31): use narrower layers.");
    }
    return (int) end;
  }

  /** All parameters in the order of the flat array. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The parameters of one kind, in order. */
  public List<Parameter> ofKind(ParameterKind kind) {
    return parameters.stream().filter(p -> p.kind() == kind).toList();
  }

  /** The parameters that multiply activations, in order: those that a penalty is on. */
  public List<Parameter> weights() {
    return parameters.stream().filter(p -> p.kind().weighs()).toList();
  }

  /** The parameter of this name, or nothing. */
  Optional<Parameter> find(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public Parameter get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The network has no parameter "
                        + name
                        + "; it has "
                        + parameters.stream().map(Parameter::name).toList()
                        + "."));
  }

  /** How many elements solvers move: the length of a gradient, the model's number of parameters. */
  public int trainableSize() {
    return trainableSize;
  }

  /** Length of the flat array, running statistics included. */
  public int size() {
    return size;
  }

  /** Where the parameters of layer {@code l} begin, in the order the layer names them. */
  int[] offsets(int l) {
    return offsets[l];
  }
}
