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
    if (loss.startsWith("focal")) {
      return new ReferenceHead(
          classes,
          f,
          new ReferenceLoss.Focal(argument(loss, 2)),
          t -> pick((int) t[0], classes, 0, 1),
          true);
    }
    double smoothing = argument(loss, 0);
    if (output.equals("softmax")) {
      return new ReferenceHead(
          classes,
          f,
          new ReferenceLoss.CategoricalCrossEntropy(),
          t -> smooth(pick((int) t[0], classes, 0, 1), smoothing, classes),
          true);
    }
    // Of two classes the one unit stands for the second.
    return new ReferenceHead(
        classes == 2 ? 1 : classes,
        f,
        new ReferenceLoss.BinaryCrossEntropy(),
        t -> smooth(classes == 2 ? t.clone() : pick((int) t[0], classes, 0, 1), smoothing, 2),
        true);
  }

  /** The head of a regression with these texts. A target is what the units should show. */
  public static ReferenceHead regression(String loss, String outputActivation, int width) {
    ReferenceLoss of =
        switch (loss.replaceFirst("\\(.*", "")) {
          case "absoluteError" -> ReferenceLoss.Sum.absolute();
          case "huber" -> ReferenceLoss.Sum.huber(argument(loss, 1));
          case "quantile" -> ReferenceLoss.Sum.quantile(argument(loss, 0.5));
          case "poisson" -> ReferenceLoss.Sum.poisson();
          default -> new ReferenceLoss.SquaredError();
        };
    return new ReferenceHead(
        width, ReferenceActivations.of(outputActivation), of, UnaryOperator.identity(), false);
  }

  /** The number in a text, if there is one. */
  private static double argument(String text, double absent) {
    Matcher number = Pattern.compile("[-.\\d]+").matcher(text);
    return number.find() ? Double.parseDouble(number.group()) : absent;
  }

  /** A share of what is wanted is spread evenly over so many outcomes. */
  private static double[] smooth(double[] t, double share, int outcomes) {
    return Arrays.stream(t).map(x -> x * (1 - share) + share / outcomes).toArray();
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
