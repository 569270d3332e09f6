package sparkprop.train.step;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.Partition;

/** A task of one update, or of some: the slices of one training partition. */
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
  private final List<List<Source>> turns;

  /**
   * @param turns for each update where its rows lie; not all are empty
   */
  SlicePartition(int index, int trainingPartition, List<List<Source>> turns) {
    this.index = index;
    this.trainingPartition = trainingPartition;
    this.turns = turns.stream().map(List::copyOf).toList();
  }

  @Override
  public int index() {
    return index;
  }

  /** Which training partition the slices are of. */
  int trainingPartition() {
    return trainingPartition;
  }

  List<List<Source>> turns() {
    return turns;
  }

  /** What it reads of a window. */
  Stream<Source> sources(int parent) {
    return turns.stream().flatMap(List::stream).filter(source -> source.parent() == parent);
  }
}
