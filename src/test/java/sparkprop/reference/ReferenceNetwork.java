package sparkprop.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Backpropagation, step by step: forward through the layers, the loss of each row times its weight,
 * its derivative backward through the layers. Sums over rows, never means.
 */
public final class ReferenceNetwork {
  private final Map<String, ReferenceLayer> layers;
  private final ReferenceHead head;
  private final int steps;
  private DoubleUnaryOperator rounding = x -> x;

  /**
   * Builds a network.
   *
   * @param layers by name, lowest first, the output layer last
   * @param steps how many a row of features has, if it is a sequence
   */
  ReferenceNetwork(Map<String, ReferenceLayer> layers, ReferenceHead head, int steps) {
    this.layers = new LinkedHashMap<>(layers);
    this.head = head;
    this.steps = steps;
  }

  /**
   * Passes what each layer computes through an error of rounding from now on, to find out what
   * arithmetic of fewer digits can do to a gradient.
   */
  public void roundBy(DoubleUnaryOperator newRounding) {
    rounding = newRounding;
    layers.values().forEach(layer -> layer.roundBy(newRounding));
  }

  private double[][] rounded(double[][] rows) {
    return Stream.of(rows)
        .map(row -> Arrays.stream(row).map(rounding).toArray())
        .toArray(double[][]::new);
  }

  /** The last weighted inputs in training, rows x units. */
  public double[][] train(Sample sample) {
    double[][] a = sample.x();
    setLengths(a);
    for (ReferenceLayer layer : layers.values()) {
      a = rounded(layer.train(a, sample));
    }
    return a;
  }

  /** The last weighted inputs in scoring, rows x units. */
  public double[][] score(Sample sample) {
    double[][] a = sample.x();
    setLengths(a);
    for (ReferenceLayer layer : layers.values()) {
      a = layer.score(a);
    }
    return a;
  }

  /** A row is as long as what it has before it is zeros only. */
  private void setLengths(double[][] x) {
    int[] lengths = new int[x.length];
    for (int n = 0; n < x.length; n++) {
      lengths[n] = 1;
      for (int i = 0; i < x[n].length; i++) {
        if (x[n][i] != 0) {
          lengths[n] = 1 + i / (x[n].length / steps);
        }
      }
    }
    layers.values().forEach(layer -> layer.setLengths(lengths));
  }

  /** Sum over rows of weight times loss, in training. */
  public double loss(Sample sample) {
    return loss(train(sample), sample);
  }

  /** Sum over rows of weight times loss, in scoring. */
  public double scoredLoss(Sample sample) {
    return loss(score(sample), sample);
  }

  /**
   * Sum of the weights of rows whose class is the one with the largest output; NaN of a regression.
   */
  public double correct(Sample sample) {
    if (!head.classifies()) {
      return Double.NaN;
    }
    double[][] z = score(sample);
    double sum = 0;
    for (int n = 0; n < z.length; n++) {
      sum += head.isCorrect(z[n], sample.targets()[n]) ? sample.weights()[n] : 0;
    }
    return sum;
  }

  private double loss(double[][] z, Sample sample) {
    double sum = 0;
    for (int n = 0; n < z.length; n++) {
      sum += sample.weights()[n] * head.value(z[n], sample.targets()[n]);
    }
    return sum;
  }

  /** The gradient of {@link #loss}, by parameter. */
  public Map<String, double[]> gradient(Sample sample) {
    double[][] delta = train(sample);
    for (int n = 0; n < delta.length; n++) {
      delta[n] = head.derive(delta[n], sample.targets()[n]);
      for (int j = 0; j < delta[n].length; j++) {
        // It is, or has as a factor, the difference of an output and a target of about 1.
        delta[n][j] += rounding.applyAsDouble(1) - 1;
        delta[n][j] *= sample.weights()[n];
      }
    }
    delta = rounded(delta);
    List<ReferenceLayer> downwards = new ArrayList<>(layers.values());
    Collections.reverse(downwards);
    for (ReferenceLayer layer : downwards) {
      delta = rounded(layer.backward(delta));
    }
    return collect(ReferenceLayer::gradients);
  }

  /** What it learns, by {@code layer.parameter}; arrays to be changed in place. */
  public Map<String, double[]> parameters() {
    return collect(ReferenceLayer::parameters);
  }

  /** What follows the data, by {@code layer.parameter}; arrays to be changed in place. */
  public Map<String, double[]> statistics() {
    return collect(ReferenceLayer::statistics);
  }

  /** Moves {@link #statistics()} as one update does, from the last training pass. */
  public void absorb() {
    layers.values().forEach(ReferenceLayer::absorb);
  }

  /** Whether in the last training pass a weighted input came near a kink of its activation. */
  public boolean nearKink(Sample sample, double margin) {
    double[][] z = train(sample);
    return Stream.of(z).anyMatch(row -> head.activation().nearKink(row, margin))
        || layers.values().stream().anyMatch(layer -> layer.nearKink(margin));
  }

  private Map<String, double[]> collect(Function<ReferenceLayer, Map<String, double[]>> part) {
    Map<String, double[]> all = new LinkedHashMap<>();
    layers.forEach(
        (layer, it) ->
            part.apply(it).forEach((name, values) -> all.put(layer + "." + name, values)));
    return all;
  }
}
