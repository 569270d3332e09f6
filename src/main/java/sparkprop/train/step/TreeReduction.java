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
import sparkprop.nn.GradientSum;

/** Sums the results of slices in the order of a {@link SumTree}, at its {@link SumPlace}. */
final class TreeReduction {
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
  GradientSum sum(JavaPairRDD<Integer, GradientSum> leaves) {
    return place == SumPlace.DRIVER ? onDriver(leaves) : onExecutors(leaves);
  }

  private GradientSum onDriver(JavaPairRDD<Integer, GradientSum> leaves) {
    List<@Nullable GradientSum> sums =
        new ArrayList<>(Collections.nCopies(tree.width(0), (GradientSum) null));
    for (Tuple2<Integer, GradientSum> leaf : Results.of(leaves.rdd())) {
      sums.set(leaf._1(), leaf._2());
    }
    return tree.sum(sums, SliceWorker::plus);
  }

  private GradientSum onExecutors(JavaPairRDD<Integer, GradientSum> leaves) {
    JavaPairRDD<Integer, GradientSum> level = leaves;
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
  private static JavaPairRDD<Integer, GradientSum> above(
      JavaPairRDD<Integer, GradientSum> level, NodePartitioner parents) {
    return level
        .repartitionAndSortWithinPartitions(parents)
        .mapPartitionsToPair(children -> fold(TaskContext.getPartitionId(), children));
  }

  private static Iterator<Tuple2<Integer, GradientSum>> fold(
      int node, Iterator<Tuple2<Integer, GradientSum>> children) {
    if (!children.hasNext()) {
      return Collections.emptyIterator();
    }
    GradientSum sum = children.next()._2();
    while (children.hasNext()) {
      sum = SliceWorker.plus(sum, children.next()._2());
    }
    return List.of(new Tuple2<>(node, sum)).iterator();
  }
}
