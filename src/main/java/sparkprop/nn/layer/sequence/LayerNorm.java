package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016): {@code y = scale * (x - mean) / sqrt(variance +
 * 1e-5) + bias}, with mean and variance over the values of one row. Of a sequence each step is
 * normalised by itself, over its features. Unlike {@code batchNorm} it does in scoring what it does
 * in training, and rows do not depend on each other. {@code scale} and {@code bias} have an element
 * for each normalised value.
 *
 * @param output the shape that passes through
 */
public record LayerNorm(Shape output) implements Layer {
  private static final String NAME = "layerNorm";
  private static final double EPSILON = 1e-5;

  /** {@code layerNorm} of a text. */
  public record Spec() implements LayerSpec {
    @Override
    public String text() {
      return NAME;
    }

    @Override
    public LayerNorm build(Shape input, Position position) {
      return new LayerNorm(input);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  private boolean ofSteps() {
    return output.dimensions().size() == 2;
  }

  /** The shape of what is normalised together. */
  private Shape together() {
    return ofSteps() ? Shape.of(output.dimensions().get(1)) : output;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.constant("scale", ParameterKind.SCALE, together(), 1f),
        ParameterSpec.constant("bias", ParameterKind.BIAS, together(), 0f));
  }

  @Override
  public boolean readsLengths() {
    return ofSteps();
  }

  @Override
  public long workspace() {
    return 2L * output.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets[0], offsets[1], capacity);
  }

  private static final class Pass implements LayerPass {
    private final boolean ofSteps;
    private final int width;
    private final int steps;
    private final int scale;
    private final int bias;
    private final DenseRows normalised;
    private final DenseRows y;
    private final float[] inverseDeviation;
    private final double[] dScale;
    private final double[] dBias;
    private int[] lengths = new int[0];

    Pass(LayerNorm layer, int scale, int bias, int capacity) {
      this.ofSteps = layer.ofSteps();
      this.width = layer.together().size();
      this.steps = layer.output.size() / width;
      this.scale = scale;
      this.bias = bias;
      this.normalised = new DenseRows(capacity, layer.output.size());
      this.y = new DenseRows(capacity, layer.output.size());
      this.inverseDeviation = new float[Math.multiplyExact(capacity, steps)];
      this.dScale = new double[width];
      this.dBias = new double[width];
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      float[] x = input.dense().values();
      float[] hat = normalised.values();
      float[] to = y.values();
      y.setRows(input.rows());
      lengths = context.lengths();
      for (int k = 0; k < input.rows() * steps; k++) {
        int from = k * width;
        double mean = mean(x, from);
        float centre = (float) mean;
        float inverse = (float) (1 / Math.sqrt(variance(x, from, mean) + EPSILON));
        inverseDeviation[k] = inverse;
        for (int j = 0; j < width; j++) {
          float normal = (x[from + j] - centre) * inverse;
          hat[from + j] = normal;
          to[from + j] = normal * weights[scale + j] + weights[bias + j];
        }
      }
      clearPadding(y);
      return y;
    }

    private void clearPadding(DenseRows rows) {
      if (ofSteps) {
        new SequenceShape(steps, width).clearPadding(rows, lengths);
      }
    }

    private double mean(float[] x, int from) {
      double sum = 0;
      for (int j = from; j < from + width; j++) {
        sum += x[j];
      }
      return sum / width;
    }

    private double variance(float[] x, int from, double mean) {
      double sum = 0;
      for (int j = from; j < from + width; j++) {
        double centred = x[j] - mean;
        sum += centred * centred;
      }
      return sum / width;
    }

    /**
     * With {@code xhat = (x - mean) / deviation} and {@code e = scale d}: {@code dx = (e - mean of
     * e - xhat * mean of (e xhat)) / deviation}, because mean and variance are means over the same
     * x.
     */
    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      float[] d = delta.values();
      float[] hat = normalised.values();
      clearPadding(delta);
      Arrays.fill(dScale, 0);
      Arrays.fill(dBias, 0);
      for (int k = 0; k < delta.rows() * steps; k++) {
        int from = k * width;
        double sum = 0;
        double product = 0;
        for (int j = 0; j < width; j++) {
          double dj = d[from + j];
          dBias[j] += dj;
          dScale[j] += dj * hat[from + j];
          double e = dj * weights[scale + j];
          sum += e;
          product += e * hat[from + j];
        }
        if (inputWanted) {
          float mean = (float) (sum / width);
          float slope = (float) (product / width);
          for (int j = 0; j < width; j++) {
            float e = d[from + j] * weights[scale + j];
            d[from + j] = (e - mean - hat[from + j] * slope) * inverseDeviation[k];
          }
        }
      }
      for (int j = 0; j < width; j++) {
        gradient[scale + j] += (float) dScale[j];
        gradient[bias + j] += (float) dBias[j];
      }
      return delta;
    }
  }
}
