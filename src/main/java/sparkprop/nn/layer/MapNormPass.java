package sparkprop.nn.layer;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;

/**
 * {@link BatchNorm} of maps: each channel is a feature, and each place of its map counts as a row
 * does.
 */
final class MapNormPass implements LayerPass {
  private final int channels;
  private final int places;
  private final BatchNorm.Offsets at;
  private final DenseRows normalised;
  private final DenseRows y;
  private final double[] mean;
  private final double[] variance;
  private final float[] inverseDeviation;
  private final double[] sums;
  private float[] rowWeights = new float[0];
  private double weightSum;

  MapNormPass(BatchNorm layer, BatchNorm.Offsets at, int capacity) {
    this.channels = layer.features();
    this.places = layer.places();
    this.at = at;
    this.normalised = new DenseRows(capacity, channels * places);
    this.y = new DenseRows(capacity, channels * places);
    this.mean = new double[channels];
    this.variance = new double[channels];
    this.inverseDeviation = new float[channels];
    this.sums = new double[2 * channels];
  }

  @Override
  public Rows forward(float[] weights, Rows input, RowContext context) {
    DenseRows x = input.dense();
    if (context.training()) {
      measure(x, context.rowWeights());
    } else {
      for (int c = 0; c < channels; c++) {
        mean[c] = weights[at.mean() + c];
        variance[c] = weights[at.variance() + c];
      }
    }
    for (int c = 0; c < channels; c++) {
      inverseDeviation[c] = (float) (1 / Math.sqrt(variance[c] + BatchNorm.EPSILON));
    }
    normalised.setRows(x.rows());
    y.setRows(x.rows());
    float[] from = x.values();
    float[] hat = normalised.values();
    float[] to = y.values();
    for (int i = 0; i < x.rows(); i++) {
      for (int c = 0; c < channels; c++) {
        float centre = (float) mean[c];
        float inverse = inverseDeviation[c];
        float scale = weights[at.scale() + c];
        float bias = weights[at.bias() + c];
        int begin = (i * channels + c) * places;
        for (int k = begin; k < begin + places; k++) {
          hat[k] = (from[k] - centre) * inverse;
        }
        for (int k = begin; k < begin + places; k++) {
          to[k] = hat[k] * scale + bias;
        }
      }
    }
    return y;
  }

  private void measure(DenseRows x, float[] w) {
    float[] values = x.values();
    rowWeights = w;
    weightSum = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(variance, 0);
    for (int i = 0; i < x.rows(); i++) {
      weightSum += (double) w[i] * places;
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        int begin = (i * channels + c) * places;
        for (int k = begin; k < begin + places; k++) {
          sum += values[k];
        }
        mean[c] += w[i] * sum;
      }
    }
    for (int c = 0; c < channels; c++) {
      sums[c] = mean[c];
      mean[c] /= weightSum;
    }
    // A second look at the rows: sum(x^2) / n - mean^2 would lose the variance of large values.
    for (int i = 0; i < x.rows(); i++) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        int begin = (i * channels + c) * places;
        for (int k = begin; k < begin + places; k++) {
          double centred = values[k] - mean[c];
          sum += centred * centred;
        }
        variance[c] += w[i] * sum;
      }
    }
    for (int c = 0; c < channels; c++) {
      sums[channels + c] = variance[c] + sums[c] * mean[c];
      variance[c] /= weightSum;
    }
  }

  /** The formulas are those of a vector's {@link BatchNorm}, with sums over places too. */
  @Override
  public DenseRows backward(
      float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
    float[] d = delta.values();
    float[] hat = normalised.values();
    for (int c = 0; c < channels; c++) {
      double dBias = 0;
      double dScale = 0;
      for (int i = 0; i < delta.rows(); i++) {
        int begin = (i * channels + c) * places;
        for (int k = begin; k < begin + places; k++) {
          dBias += d[k];
          dScale += (double) d[k] * hat[k];
        }
      }
      gradient[at.bias() + c] += (float) dBias;
      gradient[at.scale() + c] += (float) dScale;
      if (inputWanted) {
        float factor = weights[at.scale() + c] * inverseDeviation[c];
        for (int i = 0; i < delta.rows(); i++) {
          float ofBias = (float) (rowWeights[i] / weightSum * dBias);
          float ofScale = (float) (rowWeights[i] / weightSum * dScale);
          int begin = (i * channels + c) * places;
          for (int k = begin; k < begin + places; k++) {
            d[k] = factor * (d[k] - ofBias - hat[k] * ofScale);
          }
        }
      }
    }
    return delta;
  }

  @Override
  public void emit(double[] statistics, int from) {
    for (int k = 0; k < sums.length; k++) {
      statistics[from + k] += sums[k];
    }
  }
}
