package sparkprop.train.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.train.TrainingPlan;

/** Resolves moments of training to slices: which rows of which windows each partition gives. */
final class MiniBatches {
  private final MiniBatchPlan plan;
  private final int windows;
  private final TrainingPlan facts;
  private @Nullable PlannedPass pass;
  private @Nullable PassOrder order;
  private int nextUpdate;

  private MiniBatches(MiniBatchPlan plan, int windows, TrainingPlan facts) {
    this.plan = plan;
    this.windows = windows;
    this.facts = facts;
  }

  /**
   * @param rows training rows of each partition
   * @param windows windows that each partition is cut into
   * @throws IllegalArgumentException if there are no rows, or slices of one row in a network that
   *     couples rows
   */
  static MiniBatches of(Network network, long[] rows, int windows, int batchSize) {
    MiniBatchPlan plan = MiniBatchPlan.of(rows, batchSize);
    if (network.couplesRows()) {
      plan.requirePairs();
    }
    long bytes = 4L * network.layout().size() + plan.partitions() * network.gradientSumBytes();
    TrainingPlan facts =
        new TrainingPlan(
            plan.totalRows(), plan.partitions(), windows, batchSize, plan.updates(), bytes);
    return new MiniBatches(plan, windows, facts);
  }

  TrainingPlan facts() {
    return facts;
  }

  /**
   * The slices of a mini-batch.
   *
   * @throws IllegalStateException if the updates of a pass are not asked for in order
   */
  Slices at(Moment moment) {
    if (moment.update() == 0) {
      pass = plan.newPass();
      order = new PassOrder(moment.seed(), moment.pass(), windows);
      nextUpdate = 0;
    }
    if (pass == null || order == null || moment.update() != nextUpdate) {
      throw new IllegalStateException(
          "Update " + moment.update() + " was asked for where " + nextUpdate + " was due.");
    }
    nextUpdate++;
    MiniBatch batch = pass.next();
    List<List<Span>> spans = new ArrayList<>(plan.partitions());
    int firstVisit = windows;
    int lastVisit = -1;
    for (int p = 0; p < plan.partitions(); p++) {
      List<Span> slice = order.spans(plan.rows(p), batch.from(p), batch.to(p));
      for (Span span : slice) {
        firstVisit = Math.min(firstVisit, span.visit());
        lastVisit = Math.max(lastVisit, span.visit());
      }
      spans.add(slice);
    }
    List<Slices.Visit> visits = new ArrayList<>();
    for (int visit = firstVisit; visit <= lastVisit; visit++) {
      visits.add(new Slices.Visit(visit, order.window(visit), isOver(batch, order, visit)));
    }
    return new Slices(moment, order.rowKey(), visits, spans);
  }

  /** Whether all partitions have left a visit behind once this mini-batch is over. */
  private boolean isOver(MiniBatch batch, PassOrder order, int visit) {
    for (int p = 0; p < plan.partitions(); p++) {
      if (batch.to(p) < order.visitEnd(visit, plan.rows(p))) {
        return false;
      }
    }
    return true;
  }
}
