package sparkprop.nn.loss;

import java.io.Serializable;

/**
 * The end of a network: the output activation and the loss, which belong together because their
 * derivative is simplest (and safest) taken through both at once. Immutable and shared; what a task
 * needs is in a {@link HeadPass}.
 *
 * <p>Three widths matter: {@link #units()}, the width of the last weighted input {@code z}; {@link
 * #outputs()}, the width of what the model shows (for a classifier always the number of classes);
 * and {@link #targetWidth()}, the numbers a row brings as its target (1 for a class index).
 */
public interface Head extends Serializable {
  /** What the network is for. */
  Task task();

  /** Canonical text of the loss: {@code crossEntropy}. */
  String loss();

  /** Canonical text of the output activation, never {@code auto}: {@code softmax}. */
  String outputActivation();

  /** The initialiser that suits the output layer's weights. */
  String initialiser();

  /** Width of {@code z[L]}. */
  int units();

  /** Width of the model's raw output. */
  int outputs();

  /** How many floats a row's target takes. */
  int targetWidth();

  /**
   * How many rows S has where the loss's second derivative by z is {@code S^T S}: 0 for a loss
   * without such a curvature, which no second-order solver takes.
   */
  default int curvatureRank() {
    return 0;
  }

  /** Whether the loss is a sum of squares, which Levenberg-Marquardt needs. */
  default boolean sumOfSquares() {
    return false;
  }

  /**
   * Whether targets may be shifted and scaled before training and answers back afterwards: the loss
   * is the same but for its unit, and the output layer can take the way back in.
   */
  default boolean takesAnyUnit() {
    return false;
  }

  /** Whether a target may be below 0. */
  default boolean takesNegatives() {
    return true;
  }

  /** Allocates what a task needs. */
  HeadPass newPass(int capacity);

  /**
   * The model's raw output of rows of {@code z[L]}.
   *
   * @param z rows x units from index 0
   * @param raw receives rows x outputs
   */
  void raw(float[] z, float[] raw, int rows);

  /**
   * Turns one row's raw output into the final answer: for a classifier class probabilities, which
   * sum to 1. In double precision, because Spark's vectors are.
   *
   * @param raw in: raw outputs; out: the answer, in place
   */
  void finish(double[] raw);
}
