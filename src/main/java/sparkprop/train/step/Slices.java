package sparkprop.train.step;

import java.util.List;
import sparkprop.nn.Moment;

/**
 * The slices of one mini-batch.
 *
 * @param moment which mini-batch
 * @param rowKey key of the pass's order of rows
 * @param visits the windows that the slices read, in the order of the pass
 * @param spans for each partition where its rows lie; empty if it gives none
 */
record Slices(Moment moment, long rowKey, List<Visit> visits, List<List<Span>> spans) {
  /**
   * A window that the mini-batch reads.
   *
   * @param visit which of the pass's visits to a window, from 0
   * @param window number of the window
   * @param last whether no later mini-batch of the pass reads it, in any partition
   */
  record Visit(int visit, int window, boolean last) {}

  boolean isEmpty(int partition) {
    return spans.get(partition).isEmpty();
  }
}
