package sparkprop.nn;

/**
 * Folds the standardization of targets into the output layer, so that a network trained on {@code
 * (y - mean) / deviation} answers with {@code y} itself:
 *
 * <pre>
 * W'[j, k] = W[j, k] deviation[k]
 * b'[k] = b[k] deviation[k] + mean[k]
 * </pre>
 *
 * in double precision, rounded to float32. It takes a head whose output is its weighted input
 * ({@link sparkprop.nn.loss.Head#takesAnyUnit}). A target of deviation 0 was a constant 0 to the
 * network; it is answered with its mean.
 */
public final class TargetStandardization {
  private TargetStandardization() {}

  /**
   * The weights of the network that answers in the targets' own unit.
   *
   * @param weights of the network that was trained on standardized targets; not changed
   * @param means of the targets
   * @param deviations of the targets, 0 where a target never changes
   * @throws IllegalArgumentException if a weight or bias would leave the range of float32, naming
   *     the target
   */
  public static float[] fold(
      Network network, float[] weights, double[] means, double[] deviations) {
    return mapped(network, weights, deviations, means);
  }

  /**
   * The way back: the weights that answer with standardized targets, for training to go on from.
   *
   * @param weights of a network that answers in the targets' own unit; not changed
   * @param means of the targets
   * @param deviations of the targets; where 0, weight and bias become 0
   * @throws IllegalArgumentException if a weight or bias would leave the range of float32, naming
   *     the target
   */
  public static float[] unfold(
      Network network, float[] weights, double[] means, double[] deviations) {
    double[] scales = new double[means.length];
    double[] shifts = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      scales[k] = deviations[k] == 0 ? 0 : 1 / deviations[k];
      shifts[k] = deviations[k] == 0 ? 0 : -means[k] / deviations[k];
    }
    return mapped(network, weights, scales, shifts);
  }

  private static float[] mapped(
      Network network, float[] weights, double[] scales, double[] shifts) {
    Parameter weight = network.layout().get("output.weight");
    Parameter bias = network.layout().get("output.bias");
    int targets = bias.size();
    float[] mapped = weights.clone();
    for (int i = 0; i < weight.size(); i++) {
      int k = i % targets;
      mapped[weight.offset() + i] = inRange(weights[weight.offset() + i] * scales[k], k);
    }
    for (int k = 0; k < targets; k++) {
      int at = bias.offset() + k;
      mapped[at] = inRange(weights[at] * scales[k] + shifts[k], k);
    }
    return mapped;
  }

  private static float inRange(double x, int target) {
    float rounded = (float) x;
    if (!Float.isFinite(rounded)) {
      throw new IllegalArgumentException(
          ("standardizeTarget takes the output layer's weights for target %d out of the range of"
                  + " float32: switch it off, or give the target a unit in which its numbers are"
                  + " smaller.")
              .formatted(target));
    }
    return rounded;
  }
}
