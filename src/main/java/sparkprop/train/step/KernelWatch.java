package sparkprop.train.step;

import java.util.Set;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.linalg.blas.Blas;

/**
 * Warns, once a fit, where executors multiply matrices by another BLAS kernel than each other or
 * the driver. Each gives the same bits each time, but which executor computes a slice is chance.
 */
final class KernelWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KernelWatch.class);

  private final String stage;
  private final String driver = Blas.instance().toString();
  private final KernelsUsed used = new KernelsUsed();
  private boolean warned;

  /**
   * A watch over one fit.
   *
   * @param stage what the warning calls the stage
   */
  KernelWatch(SparkContext context, String stage) {
    this.stage = stage;
    context.register(used);
  }

  /** Where tasks note their kernel. */
  KernelsUsed used() {
    return used;
  }

  /** After a job. */
  void look() {
    Set<String> executors = used.value();
    if (!warned && executors.stream().anyMatch(name -> !name.equals(driver))) {
      LOG.warn(
          "{} multiplies matrices by {} on the executors and {} on the driver, so its weights may"
              + " differ in their last bits from run to run; set -D{}=java in"
              + " spark.executor.extraJavaOptions and spark.driver.extraJavaOptions for the same"
              + " bits everywhere.",
          stage,
          String.join(" and ", executors),
          driver,
          Blas.PROPERTY);
      warned = true;
    }
  }
}
