package sparkprop.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Head;

/**
 * A network: layers with known shapes, an output layer, a head (output activation and loss), and
 * the layout of its weights. Immutable and free of weights: {@code float[] weights}, a {@link
 * Workspace} and the rows are given to each call, so threads share one network.
 *
 * <p>The gradient is backpropagation (Rumelhart, Hinton and Williams 1986): forward through the
 * layers, {@code d[L]} from the head, backward through the layers, each accumulating {@code dW[l] =
 * a[l-1]^T d[l]}.
 */
public final class Network implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  /** Rows shown at once: enough for the matrix product's speed, few enough for the cache. */
  private static final int CHUNK_ROWS = 512;

  /** Floats that a chunk may take in one layer (48 MiB); very wide rows come in fewer at once. */
  private static final int CHUNK_FLOATS = 3 << 22;

  private final String text;
  private final Shape input;
  private final List<Layer> layers;
  private final List<String> names;
  private final Head head;
  private final ParameterLayout layout;
  private final int lowestTrainable;

  private Network(String text, Shape input, List<Layer> layers, List<String> names, Head head) {
    this.text = text;
    this.input = input;
    this.layers = List.copyOf(layers);
    this.names = List.copyOf(names);
    this.head = head;
    this.layout = new ParameterLayout(layers, names);
    int lowest = 0;
    while (layers.get(lowest).parameters().stream().noneMatch(p -> p.kind().trainable())) {
      lowest++;
    }
    this.lowestTrainable = lowest;
  }

  /**
   * Builds a network.
   *
   * @param spec its hidden layers
   * @param input shape of a row of features
   * @param head output activation and loss; the output layer is {@code dense(head.units())}
   * @throws IllegalArgumentException if a layer does not fit its input
   */
  public static Network of(NetworkSpec spec, Shape input, Head head) {
    List<Layer> layers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, Integer> count = new HashMap<>();
    Shape shape = input;
    for (LayerSpec layerSpec : spec.layers()) {
      Layer layer = layerSpec.build(shape, Position.of(layers.size()));
      names.add(layer.name() + count.merge(layer.name(), 1, Integer::sum));
      layers.add(layer);
      shape = layer.output();
    }
    layers.add(new Dense(shape.size(), head.units()));
    names.add("output");
    return new Network(spec.text(), input, layers, names, head);
  }

  /** Canonical text of the hidden layers. */
  public String text() {
    return text;
  }

  /** Shape of a row of features. */
  public Shape input() {
    return input;
  }

  /** How many floats a row of features takes. */
  public int numFeatures() {
    return input.size();
  }

  /** All layers, the output layer last. */
  public List<Layer> layers() {
    return layers;
  }

  /** Each layer's name and its number among its like; {@code output} for the last. */
  public List<String> names() {
    return names;
  }

  /** Output activation and loss. */
  public Head head() {
    return head;
  }

  /** Where the parameters lie in the flat array. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Whether training shows a layer its slice whole, because its rows depend on each other. */
  public boolean couplesRows() {
    return layers.stream().anyMatch(Layer::couplesRows);
  }

  /** Whether a layer asks how long the sequences are. */
  boolean readsLengths() {
    return layers.stream().anyMatch(Layer::readsLengths);
  }

  /** Allocates what one thread needs, for dense or sparse features. */
  public Workspace newWorkspace(boolean sparse) {
    return new Workspace(this, sparse);
  }

  /** An empty sum, of this network's sizes. */
  public GradientSum newGradientSum() {
    return newGradientSum(false);
  }

  /**
   * An empty sum, of this network's sizes.
   *
   * @param byColumn whether it keeps which columns of sparse input have occurred
   * @throws IllegalStateException if it is to, but the network does not {@link #knowsColumns}
   */
  public GradientSum newGradientSum(boolean byColumn) {
    if (byColumn && !knowsColumns()) {
      throw new IllegalStateException("The network does not begin with a dense layer.");
    }
    Touched touched = byColumn ? new Touched(numFeatures(), layers.get(0).output().size()) : null;
    return new GradientSum(layout.trainableSize(), statistics(), touched);
  }

  /** Whether the network begins with weights that stand column by column of its input. */
  public boolean knowsColumns() {
    return layers.get(0) instanceof Dense;
  }

  /** What {@link GradientSum#bytes} of such a sum says, without making one. */
  public long gradientSumBytes() {
    return GradientSum.bytes(layout.trainableSize(), statistics());
  }

  private int statistics() {
    return layers.stream().mapToInt(Layer::statistics).sum();
  }

  /**
   * Adds a slice's gradient, loss and statistics to a sum.
   *
   * @param weights the flat array
   * @param slice the rows
   * @param moment where training is
   * @param sum added to
   */
  public void accumulate(
      float[] weights, Slice slice, Moment moment, Workspace workspace, GradientSum sum) {
    int chunk = couplesRows() ? slice.rows() : chunkRows();
    long key = moment.key();
    for (int from = 0; from < slice.rows(); from += chunk) {
      int count = Math.min(chunk, slice.rows() - from);
      accumulateChunk(weights, slice, from, count, key, workspace.reserve(count), sum);
    }
  }

  private void accumulateChunk(
      float[] weights,
      Slice slice,
      int from,
      int count,
      long key,
      Workspace.Buffers buffers,
      GradientSum sum) {
    Batch batch = fill(slice, from, count, buffers);
    Touched touched = sum.touched();
    if (touched != null && batch.features() instanceof SparseRows sparse) {
      touched.add(sparse);
    }
    DenseRows z = forward(weights, batch.features(), true, key, buffers).dense();
    DenseRows delta = buffers.delta();
    delta.setRows(count);
    double[] statistics = sum.statistics();
    statistics[GradientSum.LOSS] +=
        buffers
            .head()
            .lossAndDelta(z.values(), batch.targets(), batch.weights(), count, delta.values());
    for (int i = 0; i < count; i++) {
      statistics[GradientSum.WEIGHT] += batch.weights()[i];
    }
    statistics[GradientSum.ROWS] += count;
    int at = GradientSum.LAYERS;
    for (int l = 0; l < layers.size(); l++) {
      buffers.passes().get(l).emit(statistics, at);
      at += layers.get(l).statistics();
    }
    backward(weights, buffers.passes(), delta, sum.gradient());
  }

  /**
   * The Gauss-Newton matrix of a slice's loss, in double precision. Only for networks without
   * {@link #couplesRows} and losses of a {@link Head#curvatureRank} above 0.
   *
   * @param weights the flat array
   * @param slice the rows
   */
  public CurvatureSum curvature(float[] weights, Slice slice, Workspace workspace) {
    Curvature curvature = new Curvature(layout.trainableSize());
    float[] row = new float[layout.trainableSize()];
    for (int r = 0; r < slice.rows(); r++) {
      Workspace.Buffers buffers = workspace.reserve(1);
      Batch batch = fill(slice, r, 1, buffers);
      float[] z = forward(weights, batch.features(), true, 0, buffers).dense().values();
      float weight = batch.weights()[0];
      DenseRows delta = buffers.delta();
      delta.setRows(1);
      double loss =
          buffers.head().lossAndDelta(z, batch.targets(), batch.weights(), 1, delta.values());
      backward(weights, buffers, delta, row);
      curvature.addLoss(loss, weight, row);
      for (int k = 0; k < head.curvatureRank(); k++) {
        delta.setRows(1);
        buffers.head().curvatureRow(z, weight, k, delta.values());
        backward(weights, buffers, delta, row);
        curvature.addRow(row);
      }
    }
    return curvature.sum();
  }

  /** One row's derivative by the weights. */
  private void backward(
      float[] weights, Workspace.Buffers buffers, DenseRows top, float[] gradient) {
    Arrays.fill(gradient, 0f);
    backward(weights, buffers.passes(), top, gradient);
  }

  private void backward(float[] weights, List<LayerPass> passes, DenseRows top, float[] gradient) {
    DenseRows delta = top;
    for (int l = layers.size() - 1; l >= lowestTrainable; l--) {
      delta = passes.get(l).backward(weights, delta, gradient, l > lowestTrainable);
    }
  }

  /** Scores a slice: its loss without penalty and how much of it is classified right. */
  public Evaluation evaluate(float[] weights, Slice slice, Workspace workspace) {
    Evaluation sum = Evaluation.NONE;
    int chunk = chunkRows();
    for (int from = 0; from < slice.rows(); from += chunk) {
      int count = Math.min(chunk, slice.rows() - from);
      Workspace.Buffers buffers = workspace.reserve(count);
      Batch batch = fill(slice, from, count, buffers);
      float[] z = forward(weights, batch.features(), false, 0, buffers).dense().values();
      double weightSum = 0;
      for (int i = 0; i < count; i++) {
        weightSum += batch.weights()[i];
      }
      sum =
          sum.plus(
              new Evaluation(
                  buffers.head().loss(z, batch.targets(), batch.weights(), count),
                  weightSum,
                  buffers.head().correct(z, batch.targets(), batch.weights(), count)));
    }
    return sum;
  }

  /**
   * The raw outputs of some rows.
   *
   * @param features rows x features, no more rows than fit a chunk
   * @param raw receives rows x {@code head().outputs()}
   */
  public void score(float[] weights, Rows features, Workspace workspace, float[] raw) {
    Workspace.Buffers buffers = workspace.reserve(features.rows());
    DenseRows z = forward(weights, features, false, 0, buffers).dense();
    head.raw(z.values(), raw, features.rows());
  }

  /**
   * Moves the running statistics a tenth of the way to those of a mini-batch, as PyTorch does.
   *
   * @param sum over all slices of the mini-batch
   * @param weights the flat array, changed in place
   */
  public void absorb(GradientSum sum, float[] weights) {
    absorb(sum, weights, 0.1);
  }

  /** Sets the running statistics to those of all rows. */
  public void settle(GradientSum sum, float[] weights) {
    absorb(sum, weights, 1);
  }

  private void absorb(GradientSum sum, float[] weights, double share) {
    int at = GradientSum.LAYERS;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      layer.absorb(
          sum.statistics(), at, sum.weightSum(), sum.rows(), share, weights, layout.offsets(l));
      at += layer.statistics();
    }
  }

  /**
   * How many rows are shown to the layers at once, but for layers that couple rows: a function of
   * the network alone, so that it never changes a result.
   */
  public int chunkRows() {
    long widest = layers.get(0).takesSparse() ? 1 : 3L * numFeatures();
    for (Layer layer : layers) {
      widest = Math.max(widest, layer.workspace());
    }
    return (int) Math.max(1, Math.min(CHUNK_ROWS, CHUNK_FLOATS / widest));
  }

  /**
   * About how many bytes a task needs to train on slices of this many rows: the workspace and one
   * gradient.
   *
   * @param sparse whether features come sparse
   */
  public long trainingBytes(long sliceRows, boolean sparse) {
    long rows = couplesRows() ? sliceRows : Math.min(sliceRows, chunkRows());
    long width = sparse && layers.get(0).takesSparse() ? 0 : numFeatures();
    width += head.targetWidth(); // dense even where features are not
    for (Layer layer : layers) {
      width += layer.workspace();
    }
    return 4 * (rows * width + layout.trainableSize());
  }

  private Batch fill(Slice slice, int from, int count, Workspace.Buffers buffers) {
    Batch batch = buffers.batch();
    batch.clear();
    slice.fill(batch, from, count);
    return batch;
  }

  private Rows forward(
      float[] weights, Rows features, boolean training, long key, Workspace.Buffers buffers) {
    int[] lengths = buffers.lengths();
    if (lengths.length > 0) {
      SequenceLengths.measure(features, input.dimensions().get(0), lengths);
    }
    Batch batch = buffers.batch();
    RowContext context =
        new RowContext(training, key, batch.rowNumbers(), batch.weights(), lengths);
    Rows a = features;
    for (LayerPass pass : buffers.passes()) {
      a = pass.forward(weights, a, context);
    }
    return a;
  }
}
