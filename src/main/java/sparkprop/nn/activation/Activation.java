package sparkprop.nn.activation;

import java.io.Serializable;

/**
 * An activation function {@code a = f(z)} and its derivative, on blocks of rows. Almost all work
 * element by element and see a block as one long array; softmax needs the rows. Implementations are
 * immutable and keep nothing between calls.
 */
public interface Activation extends Serializable {
  /** The canonical text: {@code relu}, {@code leakyRelu(0.2)}. */
  String text();

  /**
   * Computes {@code a = f(z)}.
   *
   * @param z weighted inputs, rows x cols from index 0, row-major; read only
   * @param a receives the activations, same shape; may be the same array as {@code z}
   */
  void forward(float[] z, float[] a, int rows, int cols);

  /**
   * Turns {@code dC/da} into {@code dC/dz}.
   *
   * @param z the weighted inputs of the forward pass; read only
   * @param a the activations of the forward pass; read only
   * @param delta in: {@code dC/da}, rows x cols; out: {@code dC/dz = dC/da * f'(z)}
   */
  void backward(float[] z, float[] a, float[] delta, int rows, int cols);

  /**
   * Whether each output hangs on its own input alone, so that {@link #backward} of ones yields
   * {@code f'(z)}.
   */
  default boolean elementwise() {
    return true;
  }

  /**
   * The initialiser that suits the weights in front of this activation, as a text: what {@code
   * auto} means there.
   */
  String initialiser();
}
