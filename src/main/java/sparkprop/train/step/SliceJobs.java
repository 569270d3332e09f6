package sparkprop.train.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import sparkprop.cluster.Packed;
import sparkprop.data.Block;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.Network;

/**
 * What the jobs of updates consist of: a task for each partition that gives rows, with the windows
 * that its slices lie in.
 */
final class SliceJobs {
  private final SparkContext context;
  private final Network network;
  private final boolean sparse;
  private final int partitions;
  private final WindowCache windows;
  private final KernelsUsed kernels;

  /** How to make lost blocks again, where blocks are one window that stays the same. */
  private final @Nullable Broadcast<Packed<RDD<Block>>> lineage;

  /**
   * @param sparse whether blocks' features are
   * @param partitions training partitions
   * @param kernels where tasks note theirs
   */
  SliceJobs(
      SparkContext context,
      Network network,
      boolean sparse,
      int partitions,
      WindowCache windows,
      KernelsUsed kernels,
      @Nullable Broadcast<Packed<RDD<Block>>> lineage) {
    this.context = context;
    this.network = network;
    this.sparse = sparse;
    this.partitions = partitions;
    this.windows = windows;
    this.kernels = kernels;
    this.lineage = lineage;
  }

  /** How tasks come by the blocks of some RDDs. */
  List<BlockSource> sources(List<RDD<Block>> opened) {
    Broadcast<Packed<RDD<Block>>> lineage = this.lineage;
    return opened.stream()
        .<BlockSource>map(
            rdd ->
                lineage == null
                    ? new BlockSource.Carried(rdd)
                    : new BlockSource.Persisted(rdd.id(), lineage))
        .toList();
  }

  /**
   * The RDD of some turns' slices, each partition of which does the work on its own.
   *
   * @param values what the work needs of the driver
   */
  <T> SliceRdd<T> results(List<Slices> turns, Broadcast<FloatArray> values, SliceRdd.Work<T> work) {
    Map<Integer, Integer> parents = new HashMap<>(); // by visit
    List<RDD<Block>> opened = new ArrayList<>();
    for (Slices slices : turns) {
      List<RDD<Block>> windowsOfTurn = windows.open(slices);
      for (int v = 0; v < windowsOfTurn.size(); v++) {
        if (parents.putIfAbsent(slices.visits().get(v).visit(), opened.size()) == null) {
          opened.add(windowsOfTurn.get(v));
        }
      }
    }
    List<SlicePartition> tasks = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      List<List<SlicePartition.Source>> sources = new ArrayList<>();
      for (Slices slices : turns) {
        sources.add(sources(slices.spans().get(p), parents, opened, p));
      }
      if (sources.stream().anyMatch(some -> !some.isEmpty())) {
        tasks.add(new SlicePartition(tasks.size(), p, sources));
      }
    }
    return new SliceRdd<>(
        context,
        network,
        sparse,
        values,
        kernels,
        turns.get(0),
        opened,
        sources(opened),
        tasks.toArray(SlicePartition[]::new),
        work);
  }

  private static List<SlicePartition.Source> sources(
      List<Span> spans, Map<Integer, Integer> parents, List<RDD<Block>> opened, int p) {
    List<SlicePartition.Source> sources = new ArrayList<>();
    for (Span span : spans) {
      int parent = Objects.requireNonNull(parents.get(span.visit()));
      sources.add(
          new SlicePartition.Source(
              parent, opened.get(parent).partitions()[p], span.from(), span.to()));
    }
    return sources;
  }
}
