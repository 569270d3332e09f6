package sparkprop.nn;

import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.HeadPass;

/**
 * What one thread needs to run a network: the gathered rows, and each layer's activations and
 * deltas. Allocated once a task, sized by the largest chunk it meets, reused for every other. It
 * holds no weights and no result.
 */
public final class Workspace {
  private final Network network;
  private final boolean sparse;
  private int capacity;
  private Buffers buffers;

  /** The buffers of one capacity. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Buffers(
      Batch batch, int[] lengths, List<LayerPass> passes, HeadPass head, DenseRows delta) {}

  Workspace(Network network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
    this.capacity = 0;
    this.buffers = allocate(0);
  }

  /** Buffers for at least this many rows. */
  Buffers reserve(int rows) {
    if (rows > capacity) {
      // Slices of a plan differ by a row or two: leave room for the next.
      capacity = Math.addExact(rows, Math.min(rows / 8 + 2, 64));
      buffers = allocate(capacity);
    }
    return buffers;
  }

  private Buffers allocate(int rows) {
    Head head = network.head();
    List<Layer> layers = network.layers();
    LayerPass[] passes = new LayerPass[layers.size()];
    for (int l = 0; l < passes.length; l++) {
      passes[l] = layers.get(l).newPass(network.layout().offsets(l), rows);
    }
    return new Buffers(
        new Batch(network.numFeatures(), head.targetWidth(), rows, sparse),
        new int[network.readsLengths() ? rows : 0],
        List.of(passes),
        head.newPass(rows),
        new DenseRows(rows, head.units()));
  }
}
