package sparkprop.nn;

import java.util.List;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.LayerSpec;

/**
 * Folds the standardization of features into the first layer, so that a network trained on {@code
 * (x - mean) / deviation} takes {@code x} itself:
 *
 * <pre>
 * W'[j, k] = W[j, k] / deviation[j], rounded to float32
 * b'[k] = b[k] - sum_j mean[j] W'[j, k], rounded to float32
 * </pre>
 *
 * in double precision. The bias takes the rounded W' that the network multiplies with: else its
 * rounding, times a mean that is large beside the deviation, would move the output. A feature of
 * deviation 0 was a constant 0 to the network; its weights become 0.
 */
public final class InputStandardization {
  private InputStandardization() {}

  /**
   * Refuses a network whose first layer cannot take it in: that must be {@code dense}, after {@code
   * dropout} at most.
   *
   * @throws IllegalArgumentException naming the layer in the way
   */
  public static void check(NetworkSpec network) {
    for (LayerSpec layer : network.layers()) {
      if (layer instanceof Dense.Spec) {
        return;
      }
      if (!(layer instanceof Dropout.Spec)) {
        throw new IllegalArgumentException(
            ("standardization needs a network that begins with dense, but this one has %s first:"
                    + " switch it off and put Spark's StandardScaler before the network.")
                .formatted(layer.text()));
      }
    }
  }

  /**
   * The weights of the network that takes features as they are.
   *
   * @param weights of the network that takes standardized features; not changed
   * @param means of the features
   * @param deviations of the features, 0 where a feature never changes
   * @throws IllegalArgumentException if a weight or bias would leave the range of float32, naming
   *     the feature
   */
  public static float[] fold(
      Network network, float[] weights, double[] means, double[] deviations) {
    String first = first(network);
    Parameter weight = network.layout().get(first + ".weight");
    Parameter bias = network.layout().get(first + ".bias");
    int units = bias.size();
    float[] folded = weights.clone();
    double[] shift = new double[units];
    for (int j = 0; j < means.length; j++) {
      for (int k = 0; k < units; k++) {
        int at = weight.offset() + j * units + k;
        double scaled = deviations[j] == 0 ? 0 : weights[at] / deviations[j];
        folded[at] = (float) scaled;
        shift[k] += means[j] * (double) folded[at];
        if (!Float.isFinite(folded[at])) {
          throw beyondFloats(j, means, deviations);
        }
      }
    }
    for (int k = 0; k < units; k++) {
      int at = bias.offset() + k;
      folded[at] = (float) (weights[at] - shift[k]);
      if (!Float.isFinite(folded[at])) {
        throw beyondFloats(remotest(means, deviations), means, deviations);
      }
    }
    return folded;
  }

  /**
   * The way back: the weights that take standardized features, for training to go on from.
   *
   * @param weights of a network that takes features as they are; not changed
   * @param means of the features that will be trained on
   * @param deviations of those; the weights of one that never changes become 0, and what it adds to
   *     each unit part of the bias
   * @throws IllegalArgumentException if a weight or bias would leave the range of float32, naming
   *     the feature
   */
  public static float[] unfold(
      Network network, float[] weights, double[] means, double[] deviations) {
    String first = first(network);
    Parameter weight = network.layout().get(first + ".weight");
    Parameter bias = network.layout().get(first + ".bias");
    int units = bias.size();
    float[] unfolded = weights.clone();
    double[] shift = new double[units];
    for (int j = 0; j < means.length; j++) {
      for (int k = 0; k < units; k++) {
        int at = weight.offset() + j * units + k;
        shift[k] += means[j] * (double) weights[at];
        unfolded[at] = (float) (weights[at] * deviations[j]);
        if (!Float.isFinite(unfolded[at])) {
          throw beyondFloats(j, means, deviations);
        }
      }
    }
    for (int k = 0; k < units; k++) {
      int at = bias.offset() + k;
      unfolded[at] = (float) (weights[at] + shift[k]);
      if (!Float.isFinite(unfolded[at])) {
        throw beyondFloats(remotest(means, deviations), means, deviations);
      }
    }
    return unfolded;
  }

  /**
   * The feature whose mean is the most deviations away from 0, which moves the biases most; the
   * first where none changes.
   */
  public static int remotest(double[] means, double[] deviations) {
    int found = 0;
    for (int j = 1; j < means.length; j++) {
      if (remoteness(means[j], deviations[j]) > remoteness(means[found], deviations[found])) {
        found = j;
      }
    }
    return found;
  }

  /** How many deviations a mean is away from 0; 0 for a feature that never changes. */
  public static double remoteness(double mean, double deviation) {
    return deviation == 0 ? 0 : Math.abs(mean) / deviation;
  }

  private static IllegalArgumentException beyondFloats(
      int feature, double[] means, double[] deviations) {
    return new IllegalArgumentException(
        ("standardization of feature %d, of mean %s and standard deviation %s, takes the first"
                + " layer's weights out of the range of float32: switch it off and put Spark's"
                + " StandardScaler before the network.")
            .formatted(feature, means[feature], deviations[feature]));
  }

  private static String first(Network network) {
    List<String> names = network.names();
    for (int l = 0; l < names.size(); l++) {
      if (network.layers().get(l) instanceof Dense) {
        return names.get(l);
      }
    }
    throw new IllegalArgumentException("The network has no dense layer.");
  }
}
