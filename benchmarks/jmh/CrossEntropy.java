package kernels;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import sparkprop.nn.loss.HeadPass;
import sparkprop.nn.loss.Heads;

/** Softmax with cross-entropy over a chunk of 512 rows: loss and delta. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CrossEntropy {
  private static final int ROWS = 512;

  /** Number of classes. */
  @Param({"10", "1000"})
  public int classes;

  private HeadPass head;
  private float[] z;
  private float[] targets;
  private float[] weights;
  private float[] delta;

  /** Draws outputs and classes. */
  @Setup
  public void fill() {
    head = Heads.classification("crossEntropy", "softmax", classes).newPass(ROWS);
    z = Numbers.random(ROWS * classes);
    targets = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      targets[i] = i % classes;
    }
    weights = new float[ROWS];
    Arrays.fill(weights, 1f);
    delta = new float[ROWS * classes];
  }

  /** The loss; leaves the delta in its array. */
  @Benchmark
  public double lossAndDelta() {
    return head.lossAndDelta(z, targets, weights, ROWS, delta);
  }
}
