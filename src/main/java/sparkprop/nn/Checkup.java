package sparkprop.nn;

import java.util.ArrayList;
import java.util.List;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.ParameterSpec;

/**
 * Looks at the layers of a network in training, each time on the same few rows and with the same
 * units dropped: one trip forward and back, as an update makes it, of which nothing is learnt. It
 * has a workspace of its own, so it changes nothing that training sees.
 */
public final class Checkup {
  /** Of 176 units that one row in fifty wakes, one is taken for dead. */
  private static final int MOST_ROWS = 256;

  /** Features kept for that at most (64 MiB). */
  private static final int MOST_FLOATS = 1 << 24;

  /** Below this a derivative passes nothing on: tanh beyond 3, logistic beyond 4.6. */
  private static final float SILENT = 0.01f;

  private static final Moment MOMENT = new Moment(0, 0, 0);

  private final Network network;
  private final Slice rows;
  private final Workspace workspace;

  /**
   * A checkup on these rows.
   *
   * @param rows at least one and at most {@link #rows}
   * @param sparse whether their features are sparse
   * @throws IllegalArgumentException if there are fewer or more rows
   */
  public Checkup(Network network, Slice rows, boolean sparse) {
    if (rows.rows() < 1 || rows.rows() > rows(network, sparse)) {
      throw new IllegalArgumentException(
          "A checkup takes 1 to %d rows of this network, but got %d."
              .formatted(rows(network, sparse), rows.rows()));
    }
    this.network = network;
    this.rows = rows;
    this.workspace = network.newWorkspace(sparse);
  }

  /** How many rows a checkup takes at most, which is a function of the network alone. */
  public static int rows(Network network, boolean sparse) {
    int width = sparse && network.layers().get(0).takesSparse() ? 1 : network.numFeatures();
    return Math.min(Math.min(MOST_ROWS, network.chunkRows()), Math.max(1, MOST_FLOATS / width));
  }

  /** About how many bytes it keeps. */
  public static long bytes(Network network, boolean sparse) {
    return network.trainingBytes(rows(network, sparse), sparse)
        - 4L * network.layout().trainableSize();
  }

  /**
   * The health of all layers that learn something or have units that may fall silent, the lowest
   * first. They are the same layers each time.
   *
   * @param weights the flat array
   */
  public List<LayerHealth> of(float[] weights) {
    GradientSum sum = network.newGradientSum();
    network.accumulate(weights, rows, MOMENT, workspace, sum);
    List<LayerPass> passes = workspace.reserve(rows.rows()).passes();
    List<LayerHealth> found = new ArrayList<>();
    for (int l = 0; l < passes.size(); l++) {
      LayerHealth health =
          new LayerHealth(
              network.names().get(l),
              norm(l, sum.gradient()) / sum.weightSum(),
              norm(l, weights),
              passes.get(l).silentShare(SILENT));
      if (!Double.isNaN(health.silentShare()) || learns(l)) {
        found.add(health);
      }
    }
    return List.copyOf(found);
  }

  private boolean learns(int l) {
    return network.layers().get(l).parameters().stream().anyMatch(p -> p.kind().trainable());
  }

  /** Over the layer's part of an array laid out as the weights are; NaN if it has none. */
  private double norm(int l, float[] flat) {
    List<ParameterSpec> parameters = network.layers().get(l).parameters();
    int[] offsets = network.layout().offsets(l);
    double square = learns(l) ? 0 : Double.NaN;
    for (int i = 0; i < offsets.length; i++) {
      if (parameters.get(i).kind().trainable()) {
        int end = offsets[i] + parameters.get(i).shape().size();
        for (int k = offsets[i]; k < end; k++) {
          square += (double) flat[k] * flat[k];
        }
      }
    }
    return Math.sqrt(square);
  }
}
