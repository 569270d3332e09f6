package sparkprop.nn.loss;

/**
 * The numbers that the units of a classifier under squared error should show.
 *
 * @param high for the unit of the row's class
 * @param low for all others
 */
record Targets(double high, double low) implements java.io.Serializable {
  /**
   * Where the curvature of tanh is greatest (at argument 0.65848): a unit that aims there can reach
   * its target with weights of moderate size and still learns fast. LeCun, Bottou, Orr and Müller,
   * "Efficient BackProp", 1998, section 4.5.
   */
  private static final double SQRT_THIRD = Math.sqrt(1.0 / 3);

  /** The targets of an output activation where the text names none. */
  static Targets of(String activation) {
    return switch (activation) {
      case "lecunTanh" -> new Targets(1, -1); // the same place, by its constants
      case "tanh" -> new Targets(SQRT_THIRD, -SQRT_THIRD);
      case "logistic" -> new Targets((1 + SQRT_THIRD) / 2, (1 - SQRT_THIRD) / 2);
      default -> new Targets(1, 0);
    };
  }

  /**
   * The targets of an output activation with the high one given; the low one mirrors it, at 0 for
   * the two tanh and at 1/2 for all others.
   *
   * @param loss the text that gives it, for the error
   * @throws IllegalArgumentException if high is not above the mirror, or beyond what the activation
   *     can show
   */
  static Targets of(String loss, String activation, double high) {
    boolean odd = activation.equals("tanh") || activation.equals("lecunTanh");
    double mirror = odd ? 0 : 0.5;
    double limit = limit(activation);
    if (!(high > mirror && high <= limit)) {
      String atMost = Double.isInfinite(limit) ? "" : " and at most " + plain(limit);
      throw new IllegalArgumentException(
          "Loss %s and outputActivation %s do not fit: target must be above %s%s."
              .formatted(loss, activation, plain(mirror), atMost));
    }
    return new Targets(high, 2 * mirror - high);
  }

  /** Where an activation's value lies between low and high, as a probability; NaN stays NaN. */
  double share(double a) {
    return Math.max(0, Math.min(1, (a - low) / (high - low)));
  }

  private static double limit(String activation) {
    return switch (activation) {
      case "logistic", "tanh", "softmax", "softsign", "hardSigmoid" -> 1;
      case "lecunTanh" -> 1.7159;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static String plain(double x) {
    return x == Math.rint(x) ? String.valueOf((long) x) : String.valueOf(x);
  }
}
