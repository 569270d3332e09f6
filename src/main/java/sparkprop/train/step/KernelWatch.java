package sparkprop.train.step;

import java.util.Set;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.linalg.blas.Blas;

/**
 * Warns, once a fit, where executors multiply matrices by other BLAS kernels than each other. Each
 * gives the same bits each time, but which executor computes a slice is chance. The driver's own
 * does not matter: it computes no slice of theirs.
 */
final class KernelWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KernelWatch.class);

  private final String stage;
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
    if (!warned && executors.size() > 1) {
      LOG.warn(
          "{} multiplies matrices by {} on different executors, so its weights may differ in their"
              + " last bits from run to run; set -D{}=java in spark.executor.extraJavaOptions for the"
              + " same bits on all of them.",
          stage,
          String.join(" and ", executors),
          Blas.PROPERTY);
      warned = true;
    }
  }
}
