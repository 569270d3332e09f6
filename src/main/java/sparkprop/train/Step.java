package sparkprop.train;

import sparkprop.linalg.VectorMath;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Network;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;

/**
 * One update, from a mini-batch's sums to the next weights: the mean gradient, clipped, through
 * penalty and solver, off the weights; then the layers' running statistics. It is made in stretches
 * of the flat array, which threads may share out: a norm is added up stretch by stretch in their
 * order, and all else is computed for each weight by itself, so that the bits are the same.
 *
 * @param network the network
 * @param optimizer over its trainable weights, of the same penalty
 * @param penalty what the objective adds to the loss
 * @param maxGradientNorm the largest 2-norm of the mean gradient, longer ones are shortened to it;
 *     0 for any
 */
public record Step(Network network, Optimizer optimizer, Penalty penalty, double maxGradientNorm)
    implements java.io.Serializable {
  /** Weights of a stretch: few enough for a core's cache, solver state included. */
  private static final int STRETCH = 8192;

  /** The objective of a mini-batch: its mean loss and the penalty. */
  public double objective(GradientSum sum, float[] weights) {
    return sum.lossSum() / sum.weightSum() + penalty.value(weights);
  }

  /** Makes an update; the gradient is used up. */
  public void make(TrainingState state, GradientSum sum, double stepSize) {
    begin(state, sum, stepSize);
    double square = 0;
    for (int s = 0; clips() && s < stretches(); s++) {
      square += squaredNorm(sum, s);
    }
    double scale = scale(sum, square);
    for (int s = 0; s < stretches(); s++) {
      make(state, sum, scale, s);
    }
    end(state, sum);
  }

  /** How many stretches there are. */
  public int stretches() {
    return (length() + STRETCH - 1) / STRETCH;
  }

  /** The first weight of a stretch; the stretch ends where the next begins. */
  public int from(int stretch) {
    return Math.min(length(), stretch * STRETCH);
  }

  private int length() {
    return network.layout().trainableSize();
  }

  /** Whether the norm of the gradient matters. */
  public boolean clips() {
    return maxGradientNorm > 0;
  }

  /** Begins an update that is made in stretches. */
  public void begin(TrainingState state, GradientSum sum, double stepSize) {
    optimizer.begin(state.weights(), sum.gradient(), state.optimizer(), stepSize);
  }

  /** A stretch's part of the squared norm of the summed gradient. */
  public double squaredNorm(GradientSum sum, int stretch) {
    int from = from(stretch);
    return VectorMath.squaredNorm(sum.gradient(), from, from(stretch + 1) - from);
  }

  /**
   * What makes the summed gradient a mean, and no longer than allowed.
   *
   * @param squaredNorm of the summed gradient, added up stretch by stretch; not read unless {@link
   *     #clips}
   */
  public double scale(GradientSum sum, double squaredNorm) {
    double norm = Math.sqrt(squaredNorm) / sum.weightSum();
    double clip = clips() && norm > maxGradientNorm ? maxGradientNorm / norm : 1;
    return clip / sum.weightSum();
  }

  /**
   * Makes a stretch of the update; the gradient is used up there.
   *
   * @param scale as {@link #scale} says
   */
  public void make(TrainingState state, GradientSum sum, double scale, int stretch) {
    float[] gradient = sum.gradient();
    float factor = (float) scale;
    int from = from(stretch);
    int to = from(stretch + 1);
    for (int i = from; i < to; i++) {
      gradient[i] *= factor;
    }
    optimizer.update(state.weights(), gradient, state.optimizer(), from, to);
  }

  /** Ends the update, once all stretches are made. */
  public void end(TrainingState state, GradientSum sum) {
    network.absorb(sum, state.weights());
  }
}
