package sparkprop.train.step;

import java.util.Locale;

/**
 * How many rows each partition contributes to each update, so that a pass ends everywhere at once.
 * For N training rows and batch size B a pass has U = ceil(N / B) updates, and update u (from 0)
 * takes rows floor(u N / U) to floor((u + 1) N / U) of the pass: the sizes of mini-batches differ
 * by at most one, and none exceeds B. Every partition contributes in proportion to its rows: its
 * running share stays within less than one row of its quota, and each mini-batch's total is exact.
 *
 * <p>The plan is a pure function of the partitions' rows and the batch size, the same in each pass.
 * A pass is walked update by update, at O(P log P) for P partitions.
 */
final class MiniBatchPlan {
  private final long[] rows;
  private final long totalRows;
  private final int updates;

  private MiniBatchPlan(long[] rows, long totalRows, int updates) {
    this.rows = rows;
    this.totalRows = totalRows;
    this.updates = updates;
  }

  /**
   * The plan for these partitions.
   *
   * @param rows training rows of each partition; some may be 0, not all
   * @param batchSize rows of one update over all partitions together, at least 1
   * @throws IllegalArgumentException if there are no rows, or more than 2^31 - 1 updates a pass
   */
  static MiniBatchPlan of(long[] rows, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ", but must be at least 1.");
    }
    long total = 0;
    for (long n : rows) {
      total = Math.addExact(total, n);
    }
    if (total == 0) {
      throw new IllegalArgumentException(
          "There are no training rows in the " + rows.length + " partitions.");
    }
    long updates = (total - 1) / batchSize + 1;
    if (updates > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d rows in batches of %,d are %,d updates a pass, more than %,d: raise batchSize.",
              total,
              batchSize,
              updates,
              Integer.MAX_VALUE));
    }
    return new MiniBatchPlan(rows.clone(), total, (int) updates);
  }

  int partitions() {
    return rows.length;
  }

  /** Training rows of a partition. */
  long rows(int partition) {
    return rows[partition];
  }

  /** Training rows of all partitions together. */
  long totalRows() {
    return totalRows;
  }

  /** Updates a pass, U = ceil(N / B). */
  int updates() {
    return updates;
  }

  /** Rows of the pass that the first {@code update} updates take together: floor(u N / U). */
  long cumulativeRows(int update) {
    return Fraction.floor(update, totalRows, updates);
  }

  /** Starts a walk over the updates of a pass. */
  PlannedPass newPass() {
    return new PlannedPass(this);
  }

  /**
   * Rows of the smallest slice that is not empty. The walk ends early at a slice of one row, the
   * smallest there is, and where the pass begins to repeat itself.
   */
  long smallestSlice() {
    long smallest = Long.MAX_VALUE;
    PlannedPass pass = newPass();
    do {
      MiniBatch batch = pass.next();
      for (int p = 0; p < rows.length; p++) {
        if (batch.rows(p) > 0) {
          smallest = Math.min(smallest, batch.rows(p));
        }
      }
    } while (smallest > 1 && pass.hasNext() && !pass.isBackAtStart());
    return smallest;
  }

  /**
   * Whether each partition's quota of an update is so large that its slices, which stray from it by
   * less than two rows, have two rows without looking at them one by one.
   */
  private boolean pairsAreCertain() {
    for (long n : rows) {
      if (n > 0 && Fraction.floor(n, totalRows / updates, totalRows) < 4) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses slices of fewer than two rows, over which a network that couples rows, as batchNorm
   * does, has no variance.
   *
   * @throws IllegalArgumentException if a partition contributes a single row to some update
   */
  void requirePairs() {
    if (!pairsAreCertain() && smallestSlice() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batchNorm needs at least two rows of a partition in each update, but %,d rows in %,d"
                  + " partitions with updates of at most %,d rows leave some partition a single"
                  + " row: raise batchSize or lower numPartitions.",
              totalRows,
              rows.length,
              (totalRows - 1) / updates + 1));
    }
  }
}
