package kernels;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sparkprop.linalg.FloatFunctions;

/** Nanoseconds an element of the functions behind activations and losses. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Functions {
  private static final int SIZE = 64 * 256;

  private final float[] x = Numbers.random(SIZE);
  private final float[] y = new float[SIZE];

  /** e^x. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] exp() {
    FloatFunctions.exp(x, 0, y, 0, SIZE);
    return y;
  }

  /** tanh x. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] tanh() {
    FloatFunctions.tanh(x, 0, y, 0, SIZE);
    return y;
  }

  /** 1 / (1 + e^-x). */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] logistic() {
    FloatFunctions.logistic(x, 0, y, 0, SIZE);
    return y;
  }

  /** ln(1 + e^x). */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] softplus() {
    FloatFunctions.softplus(x, 0, y, 0, SIZE);
    return y;
  }

  /** The error function, behind gelu. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] erf() {
    FloatFunctions.erf(x, 0, y, 0, SIZE);
    return y;
  }
}
