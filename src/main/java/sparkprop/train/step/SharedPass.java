package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.StepSizes;
import sparkprop.train.Stretches;
import sparkprop.train.TrainingState;

/**
 * One pass whose updates are made in one JVM, without the driver, by whatever threads take part.
 * Slices, the order in which they are added and what is computed of each weight are those of every
 * placement, so that the bits are too. The first thread to come leads; the others help.
 */
final class SharedPass {
  private final Step step;
  private final TrainingState state;
  private final MiniBatches miniBatches;
  private final SumTree tree;
  private final long seed;
  private final int pass;
  private final StepSizes sizes;

  private final Team team = new Team();
  private final AtomicBoolean led = new AtomicBoolean();
  private volatile @Nullable Throwable failure;
  private volatile @Nullable PassSums met;
  private final GradientSum[] sums;
  private final @Nullable BlockWindow[] windows;

  /**
   * @param state changed in place
   * @param miniBatches of one window
   * @param tree over the partitions
   * @param byColumn whether only columns of sparse input that occur are touched
   * @param pass which pass, from 0
   */
  SharedPass(
      Step step,
      TrainingState state,
      MiniBatches miniBatches,
      SumTree tree,
      boolean byColumn,
      long seed,
      int pass,
      StepSizes sizes) {
    this.step = step;
    this.state = state;
    this.miniBatches = miniBatches;
    this.tree = tree;
    this.seed = seed;
    this.pass = pass;
    this.sizes = sizes;
    this.sums = new GradientSum[tree.width(0)];
    Arrays.setAll(sums, p -> step.network().newGradientSum(byColumn));
    this.windows = new BlockWindow[sums.length];
  }

  Network network() {
    return step.network();
  }

  /** What the pass changes; to be read once it is over. */
  TrainingState state() {
    return state;
  }

  /** Whether it has failed, and will not be taken up again. */
  boolean failed() {
    return failure != null;
  }

  /**
   * Takes part until the pass is over.
   *
   * @return what the pass has met
   * @throws IllegalStateException if the pass has failed: it cannot be taken up again, because its
   *     updates are half made
   */
  PassSums take(Worker worker) {
    if (led.compareAndSet(false, true)) {
      return leadToTheEnd(worker);
    }
    team.help(worker);
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("The pass failed in another task: " + cause, cause);
    }
    return Objects.requireNonNull(met);
  }

  /** Others leave when the team ends: before that they must be able to learn how. */
  private PassSums leadToTheEnd(Worker worker) {
    try {
      PassSums sums = lead(worker);
      met = sums;
      return sums;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      team.end();
    }
  }

  private PassSums lead(Worker worker) {
    PassSums met = PassSums.NONE;
    int updates = miniBatches.facts().updatesPerPass();
    for (int update = 0; update < updates && Double.isFinite(met.objectiveSum()); update++) {
      Moment moment = new Moment(seed, pass, update);
      Slices slices = miniBatches.at(moment);
      team.run(worker, sums.length, (w, p) -> slice(w, slices, moment, p));
      met = step(worker, tree.additions(p -> !slices.isEmpty(p)), met, update);
    }
    return met;
  }

  private void slice(Worker worker, Slices slices, Moment moment, int p) {
    List<BlockSlice.Stretch> stretches = new ArrayList<>(1);
    for (Span span : slices.spans().get(p)) {
      stretches.add(
          new BlockSlice.Stretch(() -> window(worker, slices.rowKey(), p), span.from(), span.to()));
    }
    if (!stretches.isEmpty()) {
      new SliceWorker(step.network(), state.weights(), worker.workspace(), worker.checkpoint())
          .addGradient(moment, stretches, sums[p]);
    }
  }

  /** One thread at a time works on a partition, and rounds come one after the other. */
  private BlockWindow window(Worker worker, long rowKey, int p) {
    BlockWindow window = windows[p];
    if (window == null) {
      window = BlockWindow.permuted(worker.source().blocks(p), rowKey);
      windows[p] = window;
    }
    return window;
  }

  private PassSums step(Worker worker, SumTree.Additions additions, PassSums met, int update) {
    GradientSum sum = sums[additions.root()];
    for (int i = 0; i < additions.count(); i++) {
      sums[additions.into()[i]].addStatistics(sums[additions.from()[i]]);
    }
    double objective = step.objective(sum, state.weights());
    PassSums next = met.plus(objective, sum.weightSum());
    if (Double.isFinite(objective)) {
      step.begin(state, sum, sizes.at(update));
      make(worker, additions);
      step.end(state, sum);
    }
    for (GradientSum used : sums) {
      used.clearStatistics();
    }
    return next;
  }

  /** Threads share the stretches; where a norm is needed, all are summed before one is made. */
  private void make(Worker worker, SumTree.Additions additions) {
    GradientSum sum = sums[additions.root()];
    Stretches stretches = Stretches.of(sum);
    if (step.clips()) {
      double[] squares = new double[stretches.count()];
      team.run(
          worker,
          squares.length,
          (w, s) -> {
            add(additions, stretches, s);
            squares[s] = step.squaredNorm(sum, stretches, s);
          });
      double square = 0;
      for (double part : squares) {
        square += part;
      }
      double scale = step.scale(sum, square);
      team.run(worker, squares.length, (w, s) -> make(sum, scale, stretches, s));
    } else {
      double scale = step.scale(sum, 0);
      team.run(
          worker,
          stretches.count(),
          (w, s) -> {
            add(additions, stretches, s);
            make(sum, scale, stretches, s);
          });
    }
  }

  private void add(SumTree.Additions additions, Stretches stretches, int part) {
    for (int i = 0; i < additions.count(); i++) {
      GradientSum into = sums[additions.into()[i]];
      GradientSum from = sums[additions.from()[i]];
      stretches.forEach(part, (first, end) -> into.take(from, first, end));
    }
  }

  private void make(GradientSum sum, double scale, Stretches stretches, int part) {
    step.make(state, sum, scale, stretches, part);
    stretches.forEach(part, (from, to) -> Arrays.fill(sum.gradient(), from, to, 0f));
  }
}
