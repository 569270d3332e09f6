package sparkprop.stage;

import java.util.Locale;
import sparkprop.nn.Checkup;
import sparkprop.nn.Network;

/**
 * An estimate of the memory that training takes at least, beside the rows.
 *
 * @param parameters weights of the network, running statistics included
 * @param driverBytes on the driver: weights, the best pass's weights, the summed gradient and a
 *     result that arrives, what the solver keeps, the broadcast's serialised form, and the
 *     workspace of the look at the layers after each pass
 * @param executorBytes on an executor: what is broadcast, in serialised form as well
 * @param taskBytes for each task: workspace and gradient, the latter once more as a result
 * @param partitions partitions that train: one JVM runs no more tasks than these at a time, however
 *     many slots it has
 */
record MemoryNeed(
    long parameters, long driverBytes, long executorBytes, long taskBytes, int partitions) {
  private static final int DRIVER_COPIES = 5;
  private static final int EXECUTOR_COPIES = 2;

  /** Initial weights, weights, the best pass's weights. */
  private static final int KEPT_COPIES = 3;

  /** What is left for Spark itself and for passing objects. */
  private static final double USABLE = 0.8;

  /**
   * How training goes.
   *
   * @param sparse whether features are
   * @param batchSize rows of an update
   * @param partitions partitions that train
   * @param solverArrays arrays as long as the weights that the solver keeps on the driver
   * @param secondOrder whether the solver holds matrices over all weights: on the driver the sums
   *     of two points, one that arrives and the one that is factorised; in a task one that is
   *     filled and its packed half
   * @param replicaBytes bytes of weights and solver memory, which travel together where partitions
   *     make updates by themselves; 0 where they do not. On the driver they lie in one array and
   *     its serialised form, in the sum and in a result that arrives; a task changes one copy,
   *     keeps one for comparison and serialises one
   * @param broadcasts whether weights travel to tasks and gradients back at each update; they do
   *     not where all updates of a pass are made in this JVM, which then holds a gradient a
   *     partition
   * @param validates whether rows validate, to which weights travel once a pass
   */
  record Fit(
      boolean sparse,
      int batchSize,
      int partitions,
      int solverArrays,
      boolean secondOrder,
      long replicaBytes,
      boolean broadcasts,
      boolean validates) {}

  /** The need of training. */
  static MemoryNeed of(Network network, Fit fit) {
    long trainable = network.layout().trainableSize();
    long matrix = fit.secondOrder ? 8 * trainable * trainable : 0;
    long weights = 4L * network.layout().size();
    long sliceRows = (fit.batchSize + fit.partitions - 1L) / fit.partitions;
    return new MemoryNeed(
        network.layout().size(),
        ((fit.broadcasts ? DRIVER_COPIES : KEPT_COPIES) + fit.solverArrays) * weights
            + (fit.broadcasts ? 0 : 4L * trainable * fit.partitions)
            + Checkup.bytes(network, fit.sparse)
            + 5 * matrix / 2
            + 4 * fit.replicaBytes,
        fit.broadcasts || fit.validates ? EXECUTOR_COPIES * Math.max(weights, fit.replicaBytes) : 0,
        network.trainingBytes(sliceRows, fit.sparse)
            + (fit.broadcasts ? 4L * trainable : -4L * trainable)
            + 3 * matrix / 2
            + 3 * fit.replicaBytes,
        fit.partitions);
  }

  /**
   * Refuses a network that is too large.
   *
   * @throws IllegalArgumentException naming the settings to change
   */
  void check(MemoryAtHand memory) {
    int tasks = Math.min(memory.tasksPerExecutor(), partitions);
    long onExecutor = executorBytes + tasks * taskBytes;
    String remedy = "narrower layers, a smaller batchSize or a lower numPartitions";
    if (memory.shared()) {
      check(
          "this JVM",
          driverBytes + onExecutor,
          memory.driverBytes(),
          remedy,
          "spark.driver.memory");
    } else {
      check(
          "the driver",
          driverBytes,
          memory.driverBytes(),
          "narrower layers",
          "spark.driver.memory");
      check("an executor", onExecutor, memory.executorBytes(), remedy, "spark.executor.memory");
    }
  }

  private void check(String where, long needed, long atHand, String remedy, String setting) {
    if (needed > USABLE * atHand) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network has %,d weights, for which %s needs about %,d MB, but it has %,d MB: use"
                  + " %s, or raise %s.",
              parameters,
              where,
              megabytes(needed / USABLE),
              megabytes((double) atHand),
              remedy,
              setting));
    }
  }

  private static long megabytes(double bytes) {
    return Math.round(bytes / (1 << 20));
  }
}
