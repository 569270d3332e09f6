package sparkprop.reference;

/**
 * On-line backpropagation as textbooks print it: one hidden layer, logistic units, squared error,
 * weights changed after every pattern by {@code -eta delta_j o_i}.
 */
public final class TextbookPerceptron {
  private final double[][] hiddenWeights;
  private final double[] hiddenBias;
  private final double[][] outputWeights;
  private final double[] outputBias;

  /**
   * A perceptron with these initial weights, which are changed in place.
   *
   * @param hiddenWeights inputs x hidden units
   * @param outputWeights hidden units x outputs
   */
  public TextbookPerceptron(
      double[][] hiddenWeights,
      double[] hiddenBias,
      double[][] outputWeights,
      double[] outputBias) {
    this.hiddenWeights = hiddenWeights;
    this.hiddenBias = hiddenBias;
    this.outputWeights = outputWeights;
    this.outputBias = outputBias;
  }

  /** Presents one pattern and changes the weights. */
  public void present(double[] x, double[] t, double eta) {
    double[] h = fire(x, hiddenWeights, hiddenBias);
    double[] o = fire(h, outputWeights, outputBias);

    double[] outputDelta = new double[o.length];
    for (int l = 0; l < o.length; l++) {
      outputDelta[l] = (o[l] - t[l]) * o[l] * (1 - o[l]);
    }
    double[] hiddenDelta = new double[h.length];
    for (int j = 0; j < h.length; j++) {
      double sum = 0;
      for (int l = 0; l < o.length; l++) {
        sum += outputWeights[j][l] * outputDelta[l];
      }
      hiddenDelta[j] = sum * h[j] * (1 - h[j]);
    }
    change(outputWeights, outputBias, h, outputDelta, eta);
    change(hiddenWeights, hiddenBias, x, hiddenDelta, eta);
  }

  private static double[] fire(double[] in, double[][] weights, double[] bias) {
    double[] out = new double[bias.length];
    for (int j = 0; j < out.length; j++) {
      double net = bias[j];
      for (int i = 0; i < in.length; i++) {
        net += in[i] * weights[i][j];
      }
      out[j] = 1 / (1 + Math.exp(-net));
    }
    return out;
  }

  private static void change(
      double[][] weights, double[] bias, double[] in, double[] delta, double eta) {
    for (int j = 0; j < delta.length; j++) {
      for (int i = 0; i < in.length; i++) {
        weights[i][j] -= eta * delta[j] * in[i];
      }
      bias[j] -= eta * delta[j];
    }
  }
}
