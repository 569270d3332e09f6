package sparkprop.nn.loss;

import sparkprop.nn.activation.Activation;

/**
 * The negative log-likelihood of a count t whose mean is a, without the part that hangs on t alone:
 * {@code a - t log a}, as PyTorch's PoissonNLLLoss. Fused with the exponential: {@code exp(z) - t
 * z}, whose delta is {@code exp(z) - t}.
 */
record Poisson() implements LossSpec, ElementError {
  static final String TEXT = "poisson";

  /** Added to a before its logarithm is taken, as PyTorch does. */
  private static final double EPSILON = 1e-8;

  /** Arguments at which an output activation is asked whether it can be a mean. */
  private static final float[] PROBES = {-1000, -10, -1, -0.1f, 0, 0.1f, 1, 10};

  @Override
  public String suits() {
    return "exponential";
  }

  @Override
  public Head head(Activation output, int width) {
    float[] a = new float[PROBES.length];
    output.forward(PROBES, a, PROBES.length, 1);
    for (float mean : a) {
      if (mean < 0) {
        throw new IllegalArgumentException(
            ("Loss poisson and outputActivation %s do not fit: the mean of counts is not negative,"
                    + " so use exponential or softplus.")
                .formatted(output.text()));
      }
    }
    return output.text().equals("exponential")
        ? new PoissonExponential(output, width)
        : new ElementErrorHead(TEXT, output, this, false, false, width);
  }

  @Override
  public double value(double a, double t) {
    return a - t * Math.log(a + EPSILON);
  }

  @Override
  public double slope(double a, double t) {
    return 1 - t / (a + EPSILON);
  }
}
