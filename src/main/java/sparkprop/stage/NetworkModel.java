package sparkprop.stage;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import sparkprop.nn.Description;

/** What every model tells of the network that it holds. */
public interface NetworkModel {
  /**
   * Network, weights and the record of their training.
   *
   * @throws IllegalStateException if the model has learnt nothing
   */
  TrainedNetwork trained();

  /** The hidden layers as canonical text; the output layer is not in it. */
  default String network() {
    return trained().network().text();
  }

  /** How many weights, biases and scales were learnt. */
  default int numParameters() {
    return trained().network().layout().trainableSize();
  }

  /**
   * What was learnt, in the order of the network's layout: layer by layer, a weight row by row (in
   * x out), then its bias. Running statistics of batchNorm are not in it.
   */
  default Vector weights() {
    float[] flat = trained().saved().weights();
    double[] values = new double[numParameters()];
    for (int i = 0; i < values.length; i++) {
      values[i] = flat[i];
    }
    return Vectors.dense(values);
  }

  /** A table of the layers, their output shapes and numbers of parameters. */
  default String describe() {
    return Description.of(trained().network());
  }
}
