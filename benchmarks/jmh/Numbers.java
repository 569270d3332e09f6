package kernels;

import java.util.Random;

/** Numbers to compute with, the same each time. */
final class Numbers {
  private Numbers() {}

  /** So many, from -1 to 1. */
  static float[] random(int length) {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
