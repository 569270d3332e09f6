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
import sparkprop.optim.Optimizer;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;

/** A whole update of Adam. The gradient is filled anew each time, since an update uses it up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AdamUpdate {
  /** A stretch that fits a core's cache, 784-256-10, 784-1024-1024-10. */
  @Param({"8192", "203530", "1863690"})
  public int weights;

  private float[] values;
  private float[] mean;
  private float[] gradient;
  private Optimizer optimizer;
  private OptimizerState state;

  /** The state before the first update. */
  @Setup
  public void begin() {
    values = Numbers.random(weights);
    mean = Numbers.random(weights);
    gradient = new float[weights];
    optimizer = new Optimizer(Solvers.read("adam"), Penalty.none(), weights);
    state = optimizer.initialState();
  }

  /** One update. */
  @Benchmark
  public float[] update() {
    System.arraycopy(mean, 0, gradient, 0, weights);
    optimizer.update(values, gradient, state, 0.001);
    return values;
  }
}
