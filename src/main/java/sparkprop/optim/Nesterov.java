package sparkprop.optim;

import java.util.List;
import sparkprop.text.Signature;

/**
 * Nesterov's accelerated gradient as Sutskever et al. (2013) apply it, in PyTorch's form: {@code v
 * = momentum * v + g}, direction {@code g + momentum * v}.
 *
 * @param momentum the share of the velocity kept, at least 0 and below 1; 0.9 by default
 */
record Nesterov(double momentum) implements GradientTransform {
  static final Signature SIGNATURE = Signature.of("nesterov", Momentum.MOMENTUM);

  @Override
  public List<String> slots() {
    return List.of(Momentum.VELOCITY);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float[] velocity = state.slot(Momentum.VELOCITY);
    float kept = (float) momentum;
    float flush = Denormals.FLUSH;
    for (int i = from; i < to; i++) {
      float v = kept * velocity[i] + gradient[i] + flush - flush;
      velocity[i] = v;
      gradient[i] += kept * v;
    }
  }
}
