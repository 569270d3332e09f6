package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import sparkprop.cluster.Results;
import sparkprop.nn.Additive;

/**
 * Sums the results of slices in the order of a {@link SumTree}, at its {@link SumPlace}.
 *
 * @param <T> what a slice yields
 */
final class TreeReduction<T extends Additive<T>> {
  private final SumTree tree;
  private final SumPlace place;

  TreeReduction(SumTree tree, SumPlace place) {
    this.tree = tree;
    this.place = place;
  }

  /**
   * Runs the job.
   *
   * @param leaves sums by leaf, at most one each, one at least
   */
  T sum(JavaPairRDD<Integer, T> leaves) {
    return place == SumPlace.DRIVER ? onDriver(leaves) : onExecutors(leaves);
  }

  private T onDriver(JavaPairRDD<Integer, T> leaves) {
    List<@Nullable T> sums =
        new ArrayList<>(Collections.nCopies(tree.width(0), (@Nullable T) null));
    for (Tuple2<Integer, T> leaf : Results.of(leaves.rdd())) {
      sums.set(leaf._1(), leaf._2());
    }
    return tree.sum(sums, SliceWorker::plus);
  }

  private T onExecutors(JavaPairRDD<Integer, T> leaves) {
    JavaPairRDD<Integer, T> level = leaves;
    for (int l = 0; l < tree.innerLevels(); l++) {
      level = above(level, NodePartitioner.ofLevel(tree, l));
    }
    if (place == SumPlace.EXECUTORS) {
      level = above(level, NodePartitioner.ofRoot(tree));
    }
    try {
      return Results.of(level.rdd()).stream()
          .map(Tuple2::_2)
          .reduce(SliceWorker::plus)
          .orElseThrow(() -> new IllegalStateException("A mini-batch has no rows."));
    } finally {
      // Else shuffle files stay until the driver's next garbage collection.
      level.rdd().cleanShuffleDependencies(false);
    }
  }

  /** Brings the children of each node together, sorted by index, and sums them left to right. */
  private static <T extends Additive<T>> JavaPairRDD<Integer, T> above(
      JavaPairRDD<Integer, T> level, NodePartitioner parents) {
    return level
        .repartitionAndSortWithinPartitions(parents)
        .mapPartitionsToPair(children -> fold(TaskContext.getPartitionId(), children));
  }

  private static <T extends Additive<T>> Iterator<Tuple2<Integer, T>> fold(
      int node, Iterator<Tuple2<Integer, T>> children) {
    if (!children.hasNext()) {
      return Collections.emptyIterator();
    }
    T sum = children.next()._2();
    while (children.hasNext()) {
      sum = SliceWorker.plus(sum, children.next()._2());
    }
    return List.of(new Tuple2<>(node, sum)).iterator();
  }
}
