package sparkprop.optim;

import java.util.List;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Momentum of Rumelhart, Hinton and Williams (1986), in PyTorch's form without dampening: {@code v
 * = momentum * v + g}, direction {@code v}.
 *
 * @param momentum the share of the velocity kept, at least 0 and below 1; 0.9 by default
 */
record Momentum(double momentum) implements GradientTransform {
  static final Parameter MOMENTUM =
      Parameter.number("momentum", Range.atLeast(0).below(1)).orElse(0.9).positional();

  static final Signature SIGNATURE = Signature.of("momentum", MOMENTUM);

  static final String VELOCITY = "velocity";

  @Override
  public List<String> slots() {
    return List.of(VELOCITY);
  }

  @Override
  public void update(float[] gradient, float[] weights, OptimizerState state, int from, int to) {
    float[] velocity = state.slot(VELOCITY);
    float kept = (float) momentum;
    float flush = Denormals.FLUSH;
    for (int i = from; i < to; i++) {
      float v = kept * velocity[i] + gradient[i] + flush - flush;
      velocity[i] = v;
      gradient[i] = v;
    }
  }
}
