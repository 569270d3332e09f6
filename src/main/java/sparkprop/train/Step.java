package sparkprop.train;

import sparkprop.linalg.VectorMath;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Network;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;

/**
 * One update, from a mini-batch's sums to the next weights: the mean gradient, clipped, through
 * penalty and solver, off the weights; then the layers' running statistics. It is made in {@link
 * Stretches}, which threads may share out: a norm is added up part by part in their order, and all
 * else is computed for each weight by itself, so that the bits are the same.
 *
 * @param network the network
 * @param optimizer over its trainable weights, of the same penalty
 * @param penalty what the objective adds to the loss
 * @param maxGradientNorm the largest 2-norm of the mean gradient, longer ones are shortened to it;
 *     0 for any
 * @param wholeBatch whether a mini-batch is all rows, whose statistics are taken as they are
 *     instead of into a running mean
 */
public record Step(
    Network network,
    Optimizer optimizer,
    Penalty penalty,
    double maxGradientNorm,
    boolean wholeBatch)
    implements java.io.Serializable {
  /** The objective of a mini-batch: its mean loss and the penalty. */
  public double objective(GradientSum sum, float[] weights) {
    return sum.lossSum() / sum.weightSum() + penalty.value(weights);
  }

  /** Makes an update; the gradient is used up. */
  public void make(TrainingState state, GradientSum sum, double stepSize) {
    Stretches stretches = Stretches.of(sum);
    begin(state, sum, stepSize);
    double square = 0;
    for (int s = 0; clips() && s < stretches.count(); s++) {
      square += squaredNorm(sum, stretches, s);
    }
    double scale = scale(sum, square);
    for (int s = 0; s < stretches.count(); s++) {
      make(state, sum, scale, stretches, s);
    }
    end(state, sum);
  }

  /** Whether the norm of the gradient matters. */
  public boolean clips() {
    return maxGradientNorm > 0;
  }

  /** Begins an update that is made in parts. */
  public void begin(TrainingState state, GradientSum sum, double stepSize) {
    optimizer.begin(state.weights(), sum.gradient(), state.optimizer(), stepSize);
  }

  /** A part's share of the squared norm of the summed gradient. */
  public double squaredNorm(GradientSum sum, Stretches stretches, int part) {
    double[] square = new double[1];
    stretches.forEach(
        part, (from, to) -> square[0] += VectorMath.squaredNorm(sum.gradient(), from, to - from));
    return square[0];
  }

  /**
   * What makes the summed gradient a mean, and no longer than allowed.
   *
   * @param squaredNorm of the summed gradient, added up part by part; not read unless {@link
   *     #clips}
   */
  public double scale(GradientSum sum, double squaredNorm) {
    double norm = Math.sqrt(squaredNorm) / sum.weightSum();
    double clip = clips() && norm > maxGradientNorm ? maxGradientNorm / norm : 1;
    return clip / sum.weightSum();
  }

  /**
   * Makes a part of the update; the gradient is used up there.
   *
   * @param scale as {@link #scale} says
   */
  public void make(
      TrainingState state, GradientSum sum, double scale, Stretches stretches, int part) {
    float[] gradient = sum.gradient();
    float factor = (float) scale;
    stretches.forEach(
        part,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            gradient[i] *= factor;
          }
          optimizer.update(state.weights(), gradient, state.optimizer(), from, to);
        });
  }

  /** Ends the update, once all parts are made. */
  public void end(TrainingState state, GradientSum sum) {
    if (wholeBatch) {
      network.settle(sum, state.weights());
    } else {
      network.absorb(sum, state.weights());
    }
  }
}
