package sparkprop.optim;

import java.util.List;

/**
 * The weight decay of Loshchilov and Hutter (2019): a share of each weight joins the direction
 * after the solver, so that no mean of gradients sees it, and each update takes {@code stepSize *
 * decay * w} off a weight. Biases and scales are left free, as by every penalty here; PyTorch's
 * AdamW decays what its parameter groups say.
 *
 * @param decay the share, at least 0
 * @param segments the weights that decay, disjoint
 */
record DecoupledDecay(double decay, List<Segment> segments) implements GradientTransform {
  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float share = (float) decay;
    if (share == 0) {
      return;
    }
    for (int s = 0; s < segments.size(); s++) {
      int end = Math.min(to, segments.get(s).end());
      for (int i = Math.max(from, segments.get(s).offset()); i < end; i++) {
        gradient[i] += share * weights[i];
      }
    }
  }
}
