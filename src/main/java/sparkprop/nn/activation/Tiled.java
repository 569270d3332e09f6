package sparkprop.nn.activation;

/**
 * An element-wise activation whose formula takes several passes over its values. It goes tile by
 * tile, so that those passes stay in the nearest cache and need little scratch.
 */
interface Tiled extends Activation {
  /** Floats of a tile; three arrays of them fit the nearest cache of any processor. */
  int TILE = 1024;

  /** Computes {@code a = f(z)} for count elements from index from; t is scratch for 2 * count. */
  void forward(float[] z, float[] a, int from, int count, float[] t);

  /**
   * Multiplies delta by {@code f'(z)} for count elements from index from; t is scratch for 2 *
   * count.
   */
  void backward(float[] z, float[] a, float[] delta, int from, int count, float[] t);

  @Override
  default void forward(float[] z, float[] a, int rows, int cols) {
    int size = rows * cols;
    float[] t = new float[2 * Math.min(TILE, size)];
    for (int from = 0; from < size; from += TILE) {
      forward(z, a, from, Math.min(TILE, size - from), t);
    }
  }

  @Override
  default void backward(float[] z, float[] a, float[] delta, int rows, int cols) {
    int size = rows * cols;
    float[] t = new float[2 * Math.min(TILE, size)];
    for (int from = 0; from < size; from += TILE) {
      backward(z, a, delta, from, Math.min(TILE, size - from), t);
    }
  }
}
