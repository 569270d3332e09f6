package kernels;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import sparkprop.linalg.blas.Blas;

/** The products of one layer for a chunk of rows, as training and scoring need them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Gemm {
  /** Rows of a chunk: one row scored, half a batch of 128, a whole chunk. */
  @Param({"1", "64", "512"})
  public int rows;

  /** Inputs and units of a layer. */
  @Param({"784x256", "256x10"})
  public String layer;

  private int in;
  private int out;
  private float[] a;
  private float[] w;
  private float[] d;
  private float[] z;
  private float[] gradient;
  private float[] inputDelta;

  /** Fills the matrices. */
  @Setup
  public void fill() {
    in = Integer.parseInt(layer.split("x")[0]);
    out = Integer.parseInt(layer.split("x")[1]);
    a = Numbers.random(rows * in);
    w = Numbers.random(in * out);
    d = Numbers.random(rows * out);
    z = new float[rows * out];
    gradient = new float[in * out];
    inputDelta = new float[rows * in];
  }

  /** z = a W. */
  @Benchmark
  public float[] forward() {
    Blas.instance().gemm(false, false, rows, out, in, 1f, a, 0, in, w, 0, out, 0f, z, 0, out);
    return z;
  }

  /** dW = a^T d. */
  @Benchmark
  public float[] weightGradient() {
    Blas.instance().gemm(true, false, in, out, rows, 1f, a, 0, in, d, 0, out, 0f, gradient, 0, out);
    return gradient;
  }

  /** d[l-1] = d W^T. */
  @Benchmark
  public float[] inputDelta() {
    Blas.instance()
        .gemm(false, true, rows, in, out, 1f, d, 0, out, w, 0, out, 0f, inputDelta, 0, in);
    return inputDelta;
  }
}
