package sparkprop.stage;

import org.apache.spark.SparkContext;
import sparkprop.cluster.Capacity;

/**
 * The heap that training may use.
 *
 * @param shared whether tasks run in the driver's JVM
 * @param driverBytes heap of the driver
 * @param executorBytes heap of an executor
 * @param tasksPerExecutor task slots of one JVM
 */
public record MemoryAtHand(
    boolean shared, long driverBytes, long executorBytes, int tasksPerExecutor) {

  /**
   * What this context's JVMs have.
   *
   * @param taskSlots tasks that the cluster runs at a time
   */
  public static MemoryAtHand of(SparkContext context, int taskSlots) {
    long heap = Runtime.getRuntime().maxMemory();
    if (context.isLocal()) {
      return new MemoryAtHand(true, heap, heap, taskSlots);
    }
    // The driver is listed too.
    int executors = Math.max(1, context.statusTracker().getExecutorInfos().length - 1);
    return new MemoryAtHand(
        false,
        heap,
        Capacity.executorHeap(context.getConf()),
        (taskSlots + executors - 1) / executors);
  }
}
