package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithm 1 and the derivatives of section 3) with
 * row weights: a row of weight k counts like k rows.
 */
final class ReferenceBatchNorm implements ReferenceLayer {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final int width;
  private final double[] scale;
  private final double[] bias;
  private final double[] runningMean;
  private final double[] runningVariance;
  private final double[] scaleGradient;
  private final double[] biasGradient;
  private double[][] input = {};
  private double[] weights = {};
  private DoubleUnaryOperator rounding = x -> x;

  ReferenceBatchNorm(int width) {
    this.width = width;
    scale = new double[width];
    bias = new double[width];
    runningMean = new double[width];
    runningVariance = new double[width];
    scaleGradient = new double[width];
    biasGradient = new double[width];
    Arrays.fill(scale, 1);
    Arrays.fill(runningVariance, 1);
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    input = x;
    weights = sample.weights();
    double[][] y = new double[x.length][width];
    for (int j = 0; j < width; j++) {
      double mean = rounding.applyAsDouble(mean(j));
      double deviation = Math.sqrt(variance(j) + EPSILON);
      for (int n = 0; n < x.length; n++) {
        y[n][j] = scale[j] * (x[n][j] - mean) / deviation + bias[j];
      }
    }
    return y;
  }

  @Override
  public double[][] score(double[][] x) {
    double[][] y = new double[x.length][width];
    for (int n = 0; n < x.length; n++) {
      for (int j = 0; j < width; j++) {
        double deviation = Math.sqrt(runningVariance[j] + EPSILON);
        y[n][j] = scale[j] * (x[n][j] - runningMean[j]) / deviation + bias[j];
      }
    }
    return y;
  }

  @Override
  public double[][] backward(double[][] delta) {
    int rows = delta.length;
    double[][] inputDelta = new double[rows][width];
    double weightSum = Arrays.stream(weights).sum();
    for (int j = 0; j < width; j++) {
      double mean = rounding.applyAsDouble(mean(j));
      double variance = variance(j) + EPSILON;
      double deviation = Math.sqrt(variance);
      scaleGradient[j] = 0;
      biasGradient[j] = 0;
      double varianceDelta = 0;
      double meanDelta = 0;
      for (int n = 0; n < rows; n++) {
        double centred = input[n][j] - mean;
        double normalisedDelta = delta[n][j] * scale[j];
        scaleGradient[j] += delta[n][j] * centred / deviation;
        biasGradient[j] += delta[n][j];
        varianceDelta += normalisedDelta * centred * -0.5 / (variance * deviation);
        // The mean also moves the variance, but sum_n w[n] (x[n] - mean) = 0.
        meanDelta += normalisedDelta * -1 / deviation;
      }
      for (int n = 0; n < rows; n++) {
        double share = weights[n] / weightSum;
        inputDelta[n][j] =
            rounding.applyAsDouble(delta[n][j] * scale[j] / deviation)
                + rounding.applyAsDouble(varianceDelta * 2 * share * (input[n][j] - mean))
                + rounding.applyAsDouble(meanDelta * share);
      }
    }
    return inputDelta;
  }

  /** Weighted mean of column {@code j}. */
  private double mean(int j) {
    double sum = 0;
    double weightSum = 0;
    for (int n = 0; n < input.length; n++) {
      sum += weights[n] * input[n][j];
      weightSum += weights[n];
    }
    return sum / weightSum;
  }

  /** Weighted mean square deviation of column {@code j}. */
  private double variance(int j) {
    double mean = mean(j);
    double sum = 0;
    double weightSum = 0;
    for (int n = 0; n < input.length; n++) {
      sum += weights[n] * (input[n][j] - mean) * (input[n][j] - mean);
      weightSum += weights[n];
    }
    return sum / weightSum;
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
  }

  @Override
  public void absorb() {
    double n = input.length;
    for (int j = 0; j < width; j++) {
      runningMean[j] += MOMENTUM * (mean(j) - runningMean[j]);
      runningVariance[j] += MOMENTUM * (variance(j) * n / (n - 1) - runningVariance[j]);
    }
  }

  @Override
  public Map<String, double[]> parameters() {
    return Map.of("scale", scale, "bias", bias);
  }

  @Override
  public Map<String, double[]> gradients() {
    return Map.of("scale", scaleGradient, "bias", biasGradient);
  }

  @Override
  public Map<String, double[]> statistics() {
    return Map.of("runningMean", runningMean, "runningVariance", runningVariance);
  }
}
