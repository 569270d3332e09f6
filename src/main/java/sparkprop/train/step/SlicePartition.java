package sparkprop.train.step;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.Partition;

/** A task of one update: the slice of one training partition. */
final class SlicePartition implements Partition {
  private static final long serialVersionUID = 1;

  /**
   * Rows of the slice that lie in one window.
   *
   * @param parent which parent of the {@link SliceRdd} holds the window
   * @param partition the window there
   * @param from first position in the window's order
   * @param to one past the last position
   */
  record Source(int parent, Partition partition, int from, int to) implements Serializable {}

  private final int index;
  private final int trainingPartition;
  private final List<Source> sources;

  SlicePartition(int index, int trainingPartition, List<Source> sources) {
    this.index = index;
    this.trainingPartition = trainingPartition;
    this.sources = List.copyOf(sources);
  }

  @Override
  public int index() {
    return index;
  }

  /** Which training partition the slice is of. */
  int trainingPartition() {
    return trainingPartition;
  }

  List<Source> sources() {
    return sources;
  }
}
