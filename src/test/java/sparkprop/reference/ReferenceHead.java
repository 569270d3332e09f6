package sparkprop.reference;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output activation and loss.
 *
 * @param units width of the last weighted input
 * @param wanted what the units should show for a row with this target
 * @param classifies whether a target is the index of a class
 */
public record ReferenceHead(
    int units,
    ReferenceActivation activation,
    ReferenceLoss loss,
    UnaryOperator<double[]> wanted,
    boolean classifies) {
  private static final Pattern SQUARED_ERROR =
      Pattern.compile("squaredError(?:\\(target=([-.\\d]+)\\))?", Pattern.CASE_INSENSITIVE);

  /** The head of a classifier with these texts. A target is the index of a class. */
  public static ReferenceHead classification(String loss, String outputActivation, int classes) {
    ReferenceActivation f = ReferenceActivations.of(outputActivation);
    String output = outputActivation.toLowerCase(Locale.ROOT);
    Matcher squaredError = SQUARED_ERROR.matcher(loss);
    if (squaredError.matches()) {
      boolean odd = output.equals("tanh") || output.equals("lecuntanh");
      double high =
          squaredError.group(1) != null ? Double.parseDouble(squaredError.group(1)) : high(output);
      double low = odd ? -high : 1 - high;
      return new ReferenceHead(
          classes,
          f,
          new ReferenceLoss.SquaredError(),
          t -> pick((int) t[0], classes, low, high),
          true);
    }
    if (output.equals("softmax")) {
      return new ReferenceHead(
          classes,
          f,
          new ReferenceLoss.CategoricalCrossEntropy(),
          t -> pick((int) t[0], classes, 0, 1),
          true);
    }
    // Of two classes the one unit stands for the second.
    return classes == 2
        ? new ReferenceHead(1, f, new ReferenceLoss.BinaryCrossEntropy(), t -> t, true)
        : new ReferenceHead(
            classes,
            f,
            new ReferenceLoss.BinaryCrossEntropy(),
            t -> pick((int) t[0], classes, 0, 1),
            true);
  }

  /** The head of a regression: squared error. A target is what the units should show. */
  public static ReferenceHead regression(String outputActivation, int width) {
    return new ReferenceHead(
        width,
        ReferenceActivations.of(outputActivation),
        new ReferenceLoss.SquaredError(),
        UnaryOperator.identity(),
        false);
  }

  /** LeCun's advice: where the output's second derivative is greatest, his own at 1. */
  private static double high(String output) {
    return switch (output) {
      case "tanh" -> Math.sqrt(1.0 / 3);
      case "logistic" -> (1 + Math.sqrt(1.0 / 3)) / 2;
      default -> 1;
    };
  }

  private static double[] pick(int label, int classes, double low, double high) {
    double[] t = new double[classes];
    Arrays.fill(t, low);
    t[label] = high;
    return t;
  }

  /** Whether the unit that should show most does; one unit alone must be on the right side. */
  boolean isCorrect(double[] z, double[] target) {
    if (!classifies) {
      return false;
    }
    if (units == 1) {
      return z[0] > 0 == (target[0] == 1);
    }
    return Arrays.stream(z).max().orElseThrow() == z[(int) target[0]];
  }

  /** The loss of a row. */
  double value(double[] z, double[] target) {
    return loss.value(activation.value(z), wanted.apply(target));
  }

  /** {@code dC/dz} of a row: through the loss, then through the activation. */
  double[] derive(double[] z, double[] target) {
    return activation.derive(z, loss.derive(activation.value(z), wanted.apply(target)));
  }
}
