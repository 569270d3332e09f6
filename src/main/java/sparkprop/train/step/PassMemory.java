package sparkprop.train.step;

/**
 * What a pass that is made in one JVM takes there beside the rows and what any placement takes.
 *
 * @param gradientBytes the partitions' summed gradients
 * @param stateBytes weights and what the solver remembers
 */
record PassMemory(long gradientBytes, long stateBytes) {
  /** Share of a heap that it may take. */
  private static final double SHARE = 0.25;

  /** What arrives, as bytes too, what is changed, and its way back as a result in Spark's hands. */
  private static final int EXECUTOR_COPIES = 5;

  /** The bytes that leave, those that arrive, and what they hold. */
  private static final int DRIVER_COPIES = 3;

  /** Whether it fits the driver's JVM, where the state does not travel. */
  boolean fitsDriver(long heap) {
    return gradientBytes <= SHARE * heap;
  }

  /**
   * Whether it fits an executor, and the state's travel the driver.
   *
   * @param resultLimit bytes of results that may reach the driver in one job; a task that is
   *     repeated may send its own twice
   */
  boolean fitsExecutor(long executorHeap, long driverHeap, long resultLimit) {
    return gradientBytes + (double) EXECUTOR_COPIES * stateBytes <= SHARE * executorHeap
        && (double) DRIVER_COPIES * stateBytes <= SHARE * driverHeap
        && stateBytes <= resultLimit / 2;
  }
}
