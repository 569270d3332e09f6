package sparkprop.train.step;

import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * One walk over the updates of a pass. After update u, c = floor((u + 1) N / U) rows have been
 * taken; a partition of n rows has then given floor or ceil of its quota n c / N. Which of the two,
 * is apportioned by earliest deadline: a partition below the floor must give, and the rows still
 * missing come from those whose next row falls due first, at c = (taken + 1) N / n, ties by index.
 * Rows are unit jobs here, each with a release time and a deadline that a fluid schedule meets, so
 * that earliest deadline first meets them too (Liu and Layland 1973; for quotas, Still 1979).
 */
final class PlannedPass {
  private final MiniBatchPlan plan;
  private final Integer[] candidates;
  private long[] taken;
  private long[] ceiling;
  private int update;

  PlannedPass(MiniBatchPlan plan) {
    this.plan = plan;
    this.candidates = new Integer[plan.partitions()];
    this.taken = new long[plan.partitions()];
    this.ceiling = new long[plan.partitions()];
  }

  boolean hasNext() {
    return update < plan.updates();
  }

  MiniBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("A pass has " + plan.updates() + " updates.");
    }
    long[] before = taken;
    taken = before.clone();
    take(plan.cumulativeRows(update + 1));
    update++;
    return new MiniBatch(before, taken);
  }

  /**
   * Whether every partition stands exactly at its quota, as it did before the first update, and so
   * does the running total: from here the pass repeats itself.
   */
  boolean isBackAtStart() {
    long total = plan.totalRows();
    if (!Fraction.divides(plan.updates(), update, total)) {
      return false;
    }
    long cumulative = plan.cumulativeRows(update);
    for (int p = 0; p < taken.length; p++) {
      if (!Fraction.divides(total, plan.rows(p), cumulative)) {
        return false;
      }
    }
    return true;
  }

  private void take(long cumulative) {
    long total = plan.totalRows();
    long missing = cumulative;
    int count = 0;
    for (int p = 0; p < taken.length; p++) {
      long floor = Fraction.floor(plan.rows(p), cumulative, total);
      boolean exact = Fraction.divides(total, plan.rows(p), cumulative);
      ceiling[p] = exact ? floor : floor + 1;
      taken[p] = Math.max(taken[p], floor);
      missing -= taken[p];
      if (taken[p] < ceiling[p]) {
        candidates[count++] = p;
      }
    }
    if (missing > 0 && missing < count) {
      Arrays.sort(candidates, 0, count, this::compareDeadlines);
    }
    for (int i = 0; i < missing; i++) {
      taken[candidates[i]]++;
    }
  }

  private int compareDeadlines(int p, int q) {
    int deadline = Fraction.compare(taken[p] + 1, plan.rows(p), taken[q] + 1, plan.rows(q));
    return deadline != 0 ? deadline : Integer.compare(p, q);
  }
}
