import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sparkprop.linalg.blas.Blas;

/** What the BLAS provider does at its best: large square products, one on each thread at once. */
final class GemmPeak implements AutoCloseable {
  private static final int SIZE = 4096;
  private static final double MULTIPLY_ADDS = (double) SIZE * SIZE * SIZE;

  private final ExecutorService threads;
  private final List<Callable<Void>> products = new ArrayList<>();

  GemmPeak(int threadCount) {
    threads = Executors.newFixedThreadPool(threadCount);
    for (int t = 0; t < threadCount; t++) {
      float[] a = filled(t);
      float[] b = filled(t + 1);
      float[] c = new float[SIZE * SIZE];
      products.add(
          () -> {
            Blas.instance()
                .gemm(false, false, SIZE, SIZE, SIZE, 1f, a, 0, SIZE, b, 0, SIZE, 0f, c, 0, SIZE);
            return null;
          });
    }
  }

  private static float[] filled(int seed) {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 + seed) % 17 - 8;
    }
    return values;
  }

  /** Multiply-adds a second of all threads together, until the last has ended. */
  double measure() throws Exception {
    long start = System.nanoTime();
    for (Future<Void> product : threads.invokeAll(products)) {
      product.get();
    }
    return products.size() * MULTIPLY_ADDS / Turns.seconds(start);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
