package sparkprop.optim;

import java.util.List;

/**
 * The elastic net of Zou and Hastie (2005), as Spark ML defines it: {@code regParam * ((1 -
 * elasticNetParam) / 2 * |w|_2^2 + elasticNetParam * |w|_1)}, over some segments of the weights
 * only (biases and scales are left free).
 *
 * <p>Its two parts act in two places. The L2 part is smooth, so its gradient joins the data's
 * before the solver ({@link #addGradient}). The L1 part is not: as a gradient it would make weights
 * tremble around 0, so it is a proximal step after the solver's ({@link #shrink}), which makes them
 * exactly 0.
 *
 * @param regParam the strength, at least 0
 * @param elasticNetParam the share of L1, from 0 to 1
 * @param segments the weights penalised, disjoint
 */
public record Penalty(double regParam, double elasticNetParam, List<Segment> segments)
    implements GradientTransform {

  /** Checks the ranges and copies the list. */
  public Penalty {
    if (!(regParam >= 0 && regParam < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("regParam must be at least 0, but is " + regParam + ".");
    }
    if (!(elasticNetParam >= 0 && elasticNetParam <= 1)) {
      throw new IllegalArgumentException(
          "elasticNetParam must be at least 0 and at most 1, but is " + elasticNetParam + ".");
    }
    segments = List.copyOf(segments);
  }

  /** No penalty. */
  public static Penalty none() {
    return new Penalty(0, 0, List.of());
  }

  /** The strength of the L1 part. */
  public double l1() {
    return regParam * elasticNetParam;
  }

  /** The strength of the L2 part. */
  public double l2() {
    return regParam * (1 - elasticNetParam);
  }

  /** Its L2 part alone. */
  public Penalty smooth() {
    return new Penalty(l2(), 0, segments);
  }

  /** What it adds to the objective at these weights. */
  public double value(float[] weights) {
    if (regParam == 0) {
      return 0;
    }
    double squares = 0;
    double magnitudes = 0;
    for (Segment segment : segments) {
      for (int i = segment.offset(); i < segment.end(); i++) {
        double w = weights[i];
        squares += w * w;
        magnitudes += Math.abs(w);
      }
    }
    return l2() / 2 * squares + l1() * magnitudes;
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    addGradient(weights, gradient, from, to);
  }

  /** Adds a stretch of the gradient of the L2 part. */
  public void addGradient(float[] weights, float[] gradient, int from, int to) {
    float strength = (float) l2();
    if (strength == 0) {
      return;
    }
    // No iterator: an update allocates nothing.
    for (int s = 0; s < segments.size(); s++) {
      int end = Math.min(to, segments.get(s).end());
      for (int i = Math.max(from, segments.get(s).offset()); i < end; i++) {
        gradient[i] += strength * weights[i];
      }
    }
  }

  /**
   * The proximal step of the L1 part (soft thresholding): each weight moves {@code stepSize *
   * regParam * elasticNetParam} towards 0 and stops there.
   */
  public void shrink(float[] weights, double stepSize, int from, int to) {
    float threshold = (float) (stepSize * l1());
    if (threshold == 0) {
      return;
    }
    for (int s = 0; s < segments.size(); s++) {
      int end = Math.min(to, segments.get(s).end());
      for (int i = Math.max(from, segments.get(s).offset()); i < end; i++) {
        float w = weights[i];
        // At most one of the two terms is not 0. No branch, so that the loop vectorises.
        weights[i] = Math.max(w - threshold, 0f) + Math.min(w + threshold, 0f);
      }
    }
  }
}
