package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sparkprop.data.Block;
import sparkprop.nn.Checkup;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.nn.Workspace;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingState;

/**
 * Slices computed on threads of this JVM, without Spark. Each thread has a workspace of its own and
 * takes whichever slice is next; since slices are fixed by the partitions and added in the order of
 * the {@link SumTree}, the number of threads changes no bit.
 */
public final class LocalPlacement implements Placement {
  private final Network network;
  private final LocalData data;
  private final MiniBatches miniBatches;
  private final SumTree tree;
  private final GradientSum[] sums;
  private final Workspace[] workspaces;
  private final int aggregationDepth;
  private final boolean byColumn;
  private final Crew crew;
  private @Nullable Checkup checkup;

  /**
   * Starts the threads.
   *
   * @param batchSize rows of one update, over all partitions together
   * @param aggregationDepth depth of the tree of sums
   * @param threads threads that compute slices, at least 1
   * @throws IllegalArgumentException if there are no rows, or slices of one row in a network that
   *     couples rows
   */
  public LocalPlacement(
      Network network, LocalData data, int batchSize, int aggregationDepth, int threads) {
    this(network, data, batchSize, aggregationDepth, threads, false);
  }

  /**
   * @param lazy whether updates leave alone columns of sparse input that do not occur
   */
  LocalPlacement(
      Network network,
      LocalData data,
      int batchSize,
      int aggregationDepth,
      int threads,
      boolean lazy) {
    this.network = network;
    this.data = data;
    this.miniBatches = MiniBatches.of(network, data.rows(), data.windows(), batchSize);
    this.tree = SumTree.of(data.partitions(), aggregationDepth);
    this.aggregationDepth = aggregationDepth;
    this.sums = new GradientSum[data.partitions()];
    this.byColumn = lazy && data.sparse();
    Arrays.setAll(sums, p -> network.newGradientSum(byColumn));
    this.workspaces = new Workspace[threads];
    Arrays.setAll(workspaces, t -> network.newWorkspace(data.sparse()));
    this.crew = new Crew(threads);
  }

  @Override
  public TrainingPlan plan() {
    return miniBatches.facts();
  }

  /** Nobody watches. */
  @Override
  public void announce(String activity) {}

  @Override
  public GradientSum gradient(float[] weights, Moment moment) throws InterruptedException {
    Slices slices = miniBatches.at(moment);
    List<@Nullable GradientSum> leaves = new ArrayList<>();
    for (int p = 0; p < sums.length; p++) {
      leaves.add(slices.isEmpty(p) ? null : sums[p]);
    }
    crew.run(
        sums.length,
        (thread, p) -> {
          sums[p].clear();
          worker(weights, thread).addGradient(moment, stretches(slices, p), sums[p]);
        });
    return tree.sum(leaves, SliceWorker::plus);
  }

  @Override
  public CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
    Slices slices = miniBatches.at(moment);
    @Nullable CurvatureSum[] leaves = new CurvatureSum[sums.length];
    crew.run(
        leaves.length,
        (thread, p) ->
            leaves[p] =
                slices.isEmpty(p) ? null : worker(weights, thread).curvature(stretches(slices, p)));
    return tree.sum(Arrays.asList(leaves), SliceWorker::plus);
  }

  @Override
  public ReplicaSum replicas(
      Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
      throws InterruptedException {
    List<Slices> turns = moments.stream().map(miniBatches::at).toList();
    ReplicaWork work = ReplicaWork.of(step, state, stepSizes, byColumn);
    float[] flat = ReplicaWork.flat(state);
    @Nullable ReplicaSum[] leaves = new ReplicaSum[sums.length];
    crew.run(
        leaves.length,
        (thread, p) -> {
          List<Turn> own =
              turns.stream()
                  .map(slices -> new Turn(slices.moment(), stretches(slices, p)))
                  .toList();
          boolean none = own.stream().allMatch(turn -> turn.stretches().isEmpty());
          leaves[p] = none ? null : work.of(worker(flat, thread), own);
        });
    return tree.sum(Arrays.asList(leaves), SliceWorker::plus);
  }

  @Override
  public boolean validates() {
    return !data.validation().isEmpty();
  }

  @Override
  public Evaluation validate(float[] weights) throws InterruptedException {
    if (!validates()) {
      throw new IllegalStateException("There are no validation rows.");
    }
    Evaluation[] parts = new Evaluation[data.validation().size()];
    crew.run(
        parts.length,
        (thread, p) ->
            parts[p] = worker(weights, thread).evaluate(data.validation().get(p).iterator()));
    return SumTree.of(parts.length, aggregationDepth).sum(Arrays.asList(parts), Evaluation::plus);
  }

  @Override
  public List<LayerHealth> health(float[] weights) {
    if (checkup == null) {
      int most = Checkup.rows(network, data.sparse());
      checkup =
          new Checkup(
              network,
              RowSample.of(most, data.rows(), data.windows()).from(data.blocks()),
              data.sparse());
    }
    return checkup.of(weights);
  }

  @Override
  public void close() {
    crew.close();
  }

  private SliceWorker worker(float[] weights, int thread) {
    return new SliceWorker(network, weights, workspaces[thread], Crew::checkInterrupt);
  }

  private List<BlockSlice.Stretch> stretches(Slices slices, int p) {
    List<BlockSlice.Stretch> stretches = new ArrayList<>();
    for (Span span : slices.spans().get(p)) {
      List<Block> blocks = data.blocks().get(p * data.windows() + span.window());
      stretches.add(
          new BlockSlice.Stretch(
              () -> BlockWindow.permuted(blocks, slices.rowKey()), span.from(), span.to()));
    }
    return stretches;
  }
}
