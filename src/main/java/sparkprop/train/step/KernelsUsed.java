package sparkprop.train.step;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.util.AccumulatorV2;
import sparkprop.linalg.blas.Blas;

/**
 * The BLAS kernels by which the tasks of a fit multiply matrices. Their names travel with the
 * tasks' results, so that a task on an executor that came late is heard of too, and no job asks.
 */
final class KernelsUsed extends AccumulatorV2<String, Set<String>> {
  private static final long serialVersionUID = 1;

  /** An executor's heartbeat reads it while its task adds. */
  private final Set<String> names = new ConcurrentSkipListSet<>();

  /** In a task: notes the kernel of its JVM. */
  void noteOurs() {
    add(Blas.instance().toString());
  }

  @Override
  public void add(String name) {
    names.add(name);
  }

  @Override
  public void merge(AccumulatorV2<String, Set<String>> other) {
    names.addAll(other.value());
  }

  @Override
  public boolean isZero() {
    return names.isEmpty();
  }

  @Override
  public KernelsUsed copy() {
    KernelsUsed copy = new KernelsUsed();
    copy.names.addAll(names);
    return copy;
  }

  @Override
  public void reset() {
    names.clear();
  }

  /** In the order of their names. */
  @Override
  public Set<String> value() {
    return names;
  }
}
