package kernels;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import sparkprop.linalg.SparseProducts;
import sparkprop.linalg.SparseRows;

/** The products of a lowest layer of 64 units with 512 sparse rows of 50 numbers each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SparseLayer {
  private static final int ROWS = 512;
  private static final int NON_ZEROS = 50;
  private static final int OUT = 64;

  /** Weights that fit a core's cache, and that do not by far. */
  @Param({"1000", "1000000"})
  public int features;

  private SparseRows x;
  private float[] w;
  private float[] d;
  private float[] z;
  private float[] gradient;

  /** Draws rows. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    x = new SparseRows(features);
    for (int i = 0; i < ROWS; i++) {
      int[] columns = random.ints(0, features).distinct().limit(NON_ZEROS).sorted().toArray();
      x.append(columns, Numbers.random(NON_ZEROS), 0, NON_ZEROS);
    }
    w = Numbers.random(features * OUT);
    d = Numbers.random(ROWS * OUT);
    z = new float[ROWS * OUT];
    gradient = new float[features * OUT];
  }

  /** z += x W. */
  @Benchmark
  public float[] forward() {
    SparseProducts.addProduct(x, w, 0, OUT, z);
    return z;
  }

  /** dW += x^T d. */
  @Benchmark
  public float[] weightGradient() {
    SparseProducts.addTransposedProduct(x, d, OUT, gradient, 0);
    return gradient;
  }
}
