package tdgammon;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Tesauro's 198 input units, of which a position sets few. For each side there are four to a point:
 * for a first, a second and a third checker there, and half of the number of those above three; one
 * with half of the number on the bar, and one with the share borne off. The last two say whose turn
 * it is.
 */
final class Units {
  static final int SIZE = 198;

  private static final int POINTS = 24;
  private static final int OF_A_SIDE = 4 * POINTS + 2;

  private final int[] indices;
  private final float[] values;

  private Units(int[] indices, float[] values) {
    this.indices = indices;
    this.values = values;
  }

  static Units of(Board board, int onRoll) {
    int[] indices = new int[SIZE];
    float[] values = new float[SIZE];
    int set = 0;
    for (int side = 0; side < 2; side++) {
      int first = side * OF_A_SIDE;
      for (int point = 1; point <= POINTS; point++) {
        int count = board.count(side, point);
        for (int k = 0; k < Math.min(count, 4); k++) {
          indices[set] = first + 4 * (point - 1) + k;
          values[set++] = k < 3 ? 1 : (count - 3) / 2f;
        }
      }
      if (board.count(side, Board.BAR) > 0) {
        indices[set] = first + 4 * POINTS;
        values[set++] = board.count(side, Board.BAR) / 2f;
      }
      if (board.count(side, Board.OFF) > 0) {
        indices[set] = first + 4 * POINTS + 1;
        values[set++] = board.count(side, Board.OFF) / (float) Board.CHECKERS;
      }
    }
    indices[set] = 2 * OF_A_SIDE + onRoll;
    values[set++] = 1;
    return new Units(Arrays.copyOf(indices, set), Arrays.copyOf(values, set));
  }

  /** Which units are not 0, ascending. */
  int[] indices() {
    return indices;
  }

  /** What they are. */
  float[] values() {
    return values;
  }

  /** All of them. */
  Vector vector() {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return Vectors.sparse(SIZE, indices, doubles);
  }
}
