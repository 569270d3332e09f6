package sparkprop.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.NetworkCase;
import sparkprop.reference.NetworkCase.Task;
import sparkprop.reference.ReferenceNetwork;
import sparkprop.reference.ReferenceText;

/**
 * A network with its weights, as tests handle it.
 *
 * @param weights the flat array
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Engine(Network network, float[] weights) {
  /** A moment of training, where none in particular is meant. */
  public static final Moment MOMENT = new Moment(7, 2, 5);

  /** The network of these texts with weights drawn from the seed. */
  public static Engine of(String hidden, int features, Head head, String weightInit, long seed) {
    return of(hidden, Shape.of(features), head, weightInit, seed);
  }

  /** The network of these texts for rows of a shape, with weights drawn from the seed. */
  public static Engine of(String hidden, Shape input, Head head, String weightInit, long seed) {
    Network network = Network.of(NetworkSpec.parse(hidden), input, head);
    return new Engine(network, Initialisation.draw(network, weightInit, seed));
  }

  /** The head of a row of the table. */
  public static Head head(NetworkCase row) {
    return row.task() == Task.CLASSIFICATION
        ? Heads.classification(row.loss(), row.outputActivation(), row.width())
        : Heads.regression(row.loss(), row.outputActivation(), row.width());
  }

  /** The same network with other weights. */
  public Engine with(float[] newWeights) {
    return new Engine(network, newWeights);
  }

  /** The sum over a slice, by a new workspace. */
  public GradientSum accumulate(SampleSlice slice) {
    return accumulate(slice, MOMENT);
  }

  /** The sum over a slice at a moment of training, by a new workspace. */
  public GradientSum accumulate(SampleSlice slice, Moment moment) {
    GradientSum sum = network.newGradientSum();
    network.accumulate(weights, slice, moment, network.newWorkspace(slice.isSparse()), sum);
    return sum;
  }

  /** The score of a slice, by a new workspace. */
  public Evaluation evaluate(SampleSlice slice) {
    return network.evaluate(weights, slice, network.newWorkspace(slice.isSparse()));
  }

  /** One named piece of the weights or of a gradient. */
  public float[] piece(String name, float[] flat) {
    Parameter p = network.layout().get(name);
    return Arrays.copyOfRange(flat, p.offset(), p.offset() + p.size());
  }

  /** Sets one named piece of the weights. */
  public void set(String name, double... values) {
    Parameter p = network.layout().get(name);
    if (values.length != p.size()) {
      throw new IllegalArgumentException(name + " has " + p.size() + " elements.");
    }
    for (int i = 0; i < values.length; i++) {
      weights[p.offset() + i] = (float) values[i];
    }
  }

  /** Gives the reference these weights, running statistics included. */
  public void copyTo(ReferenceNetwork reference) {
    Map<String, double[]> all = new LinkedHashMap<>(reference.parameters());
    all.putAll(reference.statistics());
    for (Parameter p : network.layout().parameters()) {
      double[] values = all.remove(p.name());
      if (values == null || values.length != p.size()) {
        throw new IllegalStateException("The reference lacks " + p + ".");
      }
      Arrays.setAll(values, i -> weights[p.offset() + i]);
    }
    if (!all.isEmpty()) {
      throw new IllegalStateException("The engine lacks " + all.keySet() + ".");
    }
  }

  /**
   * What the engine's dropout drops at a moment, found by showing it ones. Which values it picks is
   * its own affair; that the network uses exactly this mask is not.
   */
  public static ReferenceText.Masks masks(Moment moment) {
    return (position, p, width, row, unit) -> {
      float[] ones = new float[width];
      Arrays.fill(ones, 1);
      RowContext context = new RowContext(true, moment.key(), new long[] {row}, new float[] {1});
      return new Dropout(p, Shape.of(width), Position.of(position))
              .newPass(new int[0], 1)
              .forward(new float[0], DenseRows.of(1, width, ones), context)
              .dense()
              .values()[unit]
          != 0;
    };
  }
}
