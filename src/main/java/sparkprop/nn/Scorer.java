package sparkprop.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;

/**
 * A network with its weights, for scoring rows one at a time. Threads share it: each call takes a
 * spare set of buffers and gives it back, so there are as many as threads that ever scored at once.
 * What is sent to executors is network and weights alone.
 */
public final class Scorer implements Serializable {
  private static final long serialVersionUID = 1;

  private final Network network;
  private final float[] weights;
  private transient Queue<Buffers> spare = new ConcurrentLinkedQueue<>();

  /** Workspaces for dense and sparse rows, each made when first needed. */
  private static final class Buffers {
    private final float[] raw;
    private final SparseRows sparseRow;
    private @Nullable Workspace dense;
    private @Nullable Workspace sparse;

    Buffers(Network network) {
      raw = new float[network.head().outputs()];
      sparseRow = new SparseRows(network.numFeatures());
    }

    Workspace workspace(Network network, Rows row) {
      boolean wantsSparse = row instanceof SparseRows;
      Workspace found = wantsSparse ? sparse : dense;
      if (found == null) {
        found = network.newWorkspace(wantsSparse);
        if (wantsSparse) {
          sparse = found;
        } else {
          dense = found;
        }
      }
      return found;
    }
  }

  /**
   * A scorer.
   *
   * @param weights the flat array, not copied and not to be changed
   */
  public Scorer(Network network, float[] weights) {
    if (weights.length != network.layout().size()) {
      throw new IllegalArgumentException(
          "The network has %d weights and statistics, but was given %d."
              .formatted(network.layout().size(), weights.length));
    }
    this.network = network;
    this.weights = weights;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /**
   * The raw output of a row.
   *
   * @param features as many as the network has
   * @return {@code head().outputs()} finite numbers; all NaN if a feature is NaN or an output would
   *     not be finite
   * @throws IllegalArgumentException if the number of features is another
   */
  public double[] raw(float[] features) {
    checkSize(features.length);
    Buffers buffers = take();
    double[] raw = raw(DenseRows.of(1, features.length, features), buffers);
    spare.add(buffers);
    return raw;
  }

  /**
   * The raw output of a row given by its entries, the others being 0.
   *
   * @param size how many features the row has
   * @param indices where the entries stand, ascending
   * @param values the entries
   * @throws IllegalArgumentException if the number of features is another, or the indices do not
   *     ascend
   */
  public double[] raw(int size, int[] indices, float[] values) {
    checkSize(size);
    Buffers buffers = take();
    buffers.sparseRow.clear();
    buffers.sparseRow.append(indices, values, 0, indices.length);
    double[] raw = raw(buffers.sparseRow, buffers);
    spare.add(buffers);
    return raw;
  }

  private double[] raw(Rows row, Buffers buffers) {
    network.score(weights, row, buffers.workspace(network, row), buffers.raw);
    double[] raw = new double[buffers.raw.length];
    for (int k = 0; k < raw.length; k++) {
      raw[k] = buffers.raw[k];
    }
    // A class must not win because another class's output is no number, nor without a
    // probability, which infinite outputs do not have.
    return finiteOrNan(raw);
  }

  /**
   * The final answer that raw outputs stand for: a classifier's probabilities, a regression's
   * values.
   *
   * @param raw as {@link #raw} gives it; becomes the answer
   * @return the same array; all NaN if it was, which no output activation may hide, or if a value
   *     would not be finite
   */
  public double[] answer(double[] raw) {
    if (Double.isNaN(raw[0])) {
      return raw;
    }
    network.head().finish(raw);
    return finiteOrNan(raw);
  }

  private static double[] finiteOrNan(double[] numbers) {
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        Arrays.fill(numbers, Double.NaN);
        break;
      }
    }
    return numbers;
  }

  private void checkSize(int size) {
    if (size != network.numFeatures()) {
      throw new IllegalArgumentException(
          "The network expects vectors of %d features, but found one of %d."
              .formatted(network.numFeatures(), size));
    }
  }

  private Buffers take() {
    Buffers buffers = spare.poll();
    return buffers != null ? buffers : new Buffers(network);
  }

  private void readObject(java.io.ObjectInputStream in)
      throws java.io.IOException, ClassNotFoundException {
    in.defaultReadObject();
    spare = new ConcurrentLinkedQueue<>();
  }
}
