package kernels;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Permutation;
import sparkprop.nn.Batch;

/** Gathering 512 rows of 784 floats in permuted order from a partition's rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Gather {
  private static final int CHUNK = 512;
  private static final int ROWS = 16 * CHUNK; // 25 MB: far more than a core's cache
  private static final int FEATURES = 784;

  private final DenseRows rows = DenseRows.of(ROWS, FEATURES, Numbers.random(ROWS * FEATURES));
  private final float[] targets = new float[ROWS];
  private final Permutation order = new Permutation(ROWS, 1);
  private final Batch batch = new Batch(FEATURES, 1, CHUNK, false);
  private int next;

  /** The next chunk of the pass. */
  @Benchmark
  public Batch chunk() {
    batch.clear();
    for (int i = 0; i < CHUNK; i++) {
      int row = order.at(next + i);
      batch.append(rows, row, targets, row, 1f, row);
    }
    next = (next + CHUNK) % ROWS;
    return batch;
  }
}
