package sparkprop.train.method;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sparkprop.linalg.blas.PositiveDefinite;
import sparkprop.nn.CurvatureSum;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.SecondOrder;
import sparkprop.optim.Segment;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.StopReason;
import sparkprop.train.TrainingState;

/**
 * Levenberg-Marquardt and the damped natural gradient: a step h solves {@code (H + mu I) h = g} for
 * the Gauss-Newton matrix H and the gradient g of the objective. With {@code F(w) - F(w - h)}
 * gained where {@code h (mu h + g) / 2} was promised, the damping mu follows Nielsen (1999; Madsen,
 * Nielsen and Tingleff 2004, section 3.2): it shrinks where the gain was as promised, and grows
 * faster with each step that gains nothing, which is not made.
 *
 * <p>Sums at the point that is tried are those of the next iteration if it is accepted, so that an
 * accepted step costs one reading of the rows.
 */
final class DampedSteps implements Method {
  private static final String DAMPING = "damping";
  private static final String GROWTH = "growth";
  private static final float FIRST_GROWTH = 2;

  /** Of the summed curvature of all rows. */
  interface Rows {
    CurvatureSum at(float[] weights) throws InterruptedException;
  }

  private final double damping;
  private final Rows rows;
  private final Penalty penalty;
  private final int n;

  /** The sums at the weights of the last accepted step. */
  private float @Nullable [] asked;

  private @Nullable CurvatureSum known;

  /**
   * @param penalty an L2 penalty
   * @param n trainable weights
   */
  DampedSteps(SecondOrder solver, Rows rows, Penalty penalty, int n) {
    this.damping = solver.damping();
    this.rows = rows;
    this.penalty = penalty;
    this.n = n;
  }

  /** Damping of 0 stands for one that is not known yet. */
  @Override
  public OptimizerState initialState() {
    return memory(0, 0, FIRST_GROWTH);
  }

  private static OptimizerState memory(long steps, float damping, float growth) {
    return new OptimizerState(
        steps, Map.of(DAMPING, new float[] {damping}, GROWTH, new float[] {growth}));
  }

  @Override
  public double objective(float[] weights) throws InterruptedException {
    return value(at(weights), weights);
  }

  private CurvatureSum at(float[] weights) throws InterruptedException {
    CurvatureSum sum = known;
    if (sum == null || !Arrays.equals(asked, weights)) {
      known = null; // two matrices at a time are enough
      sum = rows.at(weights);
      keep(weights, sum);
    }
    return sum;
  }

  private void keep(float[] weights, CurvatureSum sum) {
    asked = weights.clone();
    known = sum;
  }

  private double value(CurvatureSum sum, float[] weights) {
    return sum.lossSum() / sum.weightSum() + penalty.value(weights);
  }

  @Override
  public Iteration iterate(TrainingState state, int pass, int plateaus)
      throws InterruptedException {
    float[] weights = state.weights();
    CurvatureSum here = at(weights);
    double first = value(here, weights);
    if (!Double.isFinite(first)) {
      return new Iteration.Made(state, first, first); // for the trainer to say
    }
    double[] gradient = gradient(here, weights);
    float mu = state.optimizer().slot(DAMPING)[0];
    float growth = state.optimizer().slot(GROWTH)[0];
    if (mu == 0) {
      mu = (float) Math.max(damping * largestDiagonal(here), Float.MIN_NORMAL);
    }
    while (Float.isFinite(mu)) {
      if (Thread.interrupted()) { // no job runs now that would notice
        throw new InterruptedException();
      }
      double[] h = gradient.clone();
      if (PositiveDefinite.solve(n, matrix(here, mu), h)) {
        float[] trial = weights.clone();
        double promised = 0;
        for (int i = 0; i < n; i++) {
          trial[i] = (float) (weights[i] - h[i]);
          promised += h[i] * (mu * h[i] + gradient[i]) / 2;
        }
        if (Arrays.equals(trial, weights)) {
          break; // no float lies in between
        }
        CurvatureSum there = rows.at(trial);
        double value = value(there, trial);
        if (value < first) {
          keep(trial, there);
          double gain = 2 * (first - value) / promised - 1;
          float next = (float) (mu * Math.max(1.0 / 3, 1 - gain * gain * gain));
          return new Iteration.Made(
              new TrainingState(
                  trial,
                  memory(
                      state.optimizer().steps() + 1,
                      Math.max(next, Float.MIN_NORMAL),
                      FIRST_GROWTH)),
              first,
              value);
        }
      }
      mu *= growth;
      growth *= 2;
    }
    return new Iteration.Stuck(state, first, StopReason.DAMPING);
  }

  private double[] gradient(CurvatureSum sum, float[] weights) {
    double[] gradient = new double[n];
    for (int i = 0; i < n; i++) {
      gradient[i] = sum.gradient()[i] / sum.weightSum();
    }
    for (Segment segment : penalty.segments()) {
      for (int i = segment.offset(); i < segment.offset() + segment.length(); i++) {
        gradient[i] += penalty.l2() * weights[i];
      }
    }
    return gradient;
  }

  /** {@code H + mu I}, the upper triangle column by column in full columns. */
  private double[] matrix(CurvatureSum sum, double mu) {
    double[] matrix = new double[n * n];
    for (int j = 0; j < n; j++) {
      int column = j * (j + 1) / 2;
      for (int i = 0; i <= j; i++) {
        matrix[j * n + i] = sum.matrix()[column + i] / sum.weightSum();
      }
      matrix[j * n + j] += mu;
    }
    for (Segment segment : penalty.segments()) {
      for (int i = segment.offset(); i < segment.offset() + segment.length(); i++) {
        matrix[i * n + i] += penalty.l2();
      }
    }
    return matrix;
  }

  private double largestDiagonal(CurvatureSum sum) {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, sum.matrix()[j * (j + 1) / 2 + j] / sum.weightSum());
    }
    return largest;
  }
}
