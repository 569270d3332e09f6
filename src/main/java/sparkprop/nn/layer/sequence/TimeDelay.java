package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.VectorMath;
import sparkprop.linalg.blas.Blas;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * A layer whose synapses are finite impulse response filters, {@code z[t] = b + sum over d of
 * a[t-d] W[d]}, d from 0 to {@code taps - 1}, with zeros before the first step: a convolution over
 * steps that looks back only (Waibel et al. 1989). Its gradient is temporal backpropagation (Wan
 * 1990): deltas run through the same filters, forward in time. {@code weight} is taps x features x
 * units, {@code bias} is units.
 *
 * @param input sequences that come in
 * @param units numbers of a step that goes out
 * @param taps how many steps a unit sees: this one and those before
 */
public record TimeDelay(SequenceShape input, int units, int taps) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of(
          "timeDelay",
          Parameter.whole("units", Range.atLeast(1)),
          Parameter.whole("taps", Range.atLeast(1)));

  /** {@code timeDelay(units, taps)} of a text. */
  public record Spec(int units, int taps) implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Arguments arguments) {
      return new Spec(arguments.whole("units"), arguments.whole("taps"));
    }

    @Override
    public String text() {
      return SIGNATURE.print(units, taps);
    }

    @Override
    public TimeDelay build(Shape input, Position position) {
      TimeDelay layer = new TimeDelay(SequenceShape.of(input, text()), units, taps);
      layer.output().size();
      return layer;
    }
  }

  @Override
  public String text() {
    return SIGNATURE.print(units, taps);
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public Shape output() {
    return input.of(units).shape();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.weight(
            "weight",
            Shape.of(taps, input.features(), units),
            taps * input.features(),
            taps * units),
        ParameterSpec.constant("bias", ParameterKind.BIAS, Shape.of(units), 0f));
  }

  @Override
  public boolean readsLengths() {
    return true;
  }

  @Override
  public long workspace() {
    long delayed = (long) (input.steps() + taps - 1) * (2L * input.features() + units);
    return delayed + output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets[0], offsets[1], capacity);
  }

  /**
   * Each row is copied behind as many zeros as the longest delay. Then all rows are one matrix, and
   * delaying it is leaving out its last steps: what that moves from one row into the next falls
   * upon the latter's zeros, where nobody looks.
   */
  private static final class Pass implements LayerPass {
    private final SequenceShape in;
    private final SequenceShape out;
    private final int taps;
    private final int weight;
    private final int bias;
    private final int capacity;
    private final int lead;
    private final int stretch;
    private final DenseRows a;
    private final DenseRows sums;
    private final DenseRows z;
    private int[] lengths = new int[0];
    // Allocated when first asked for: the lowest layer never is.
    private DenseRows below = DenseRows.EMPTY;
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(TimeDelay layer, int weight, int bias, int capacity) {
      this.in = layer.input;
      this.out = layer.input.of(layer.units);
      this.taps = layer.taps;
      this.weight = weight;
      this.bias = bias;
      this.capacity = capacity;
      this.lead = taps - 1;
      this.stretch = lead + in.steps();
      this.a = new DenseRows(capacity, Math.multiplyExact(stretch, in.features()));
      this.sums = new DenseRows(capacity, Math.multiplyExact(stretch, out.features()));
      this.z = new DenseRows(capacity, out.size());
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      int rows = input.rows();
      lengths = context.lengths();
      z.setRows(rows);
      behindZeros(input.dense().values(), in.features(), a.values(), rows);
      int units = out.features();
      for (int k = 0; k < rows * stretch; k++) {
        System.arraycopy(weights, bias, sums.values(), k * units, units);
      }
      for (int d = 0; d < taps; d++) {
        // (rows*stretch-d x features)(features x units), d steps later
        Blas.instance()
            .gemm(
                false,
                false,
                rows * stretch - d,
                units,
                in.features(),
                1f,
                a.values(),
                0,
                in.features(),
                weights,
                tap(d),
                units,
                1f,
                sums.values(),
                d * units,
                units);
      }
      fromBehindZeros(sums.values(), units, z.values(), rows);
      out.clearPadding(z, lengths);
      return z;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      int rows = delta.rows();
      int units = out.features();
      out.clearPadding(delta, lengths);
      behindZeros(delta.values(), units, sums.values(), rows);
      float[] d = sums.values();
      // db += column sums of d
      VectorMath.addColumnSums(d, rows * stretch, units, gradient, bias);
      for (int delay = 0; delay < taps; delay++) {
        // dW[delay] += a^T d: (features x rows*stretch-delay)(rows*stretch-delay x units)
        Blas.instance()
            .gemm(
                true,
                false,
                in.features(),
                units,
                rows * stretch - delay,
                1f,
                a.values(),
                0,
                in.features(),
                d,
                delay * units,
                units,
                1f,
                gradient,
                tap(delay),
                units);
      }
      return inputWanted ? backToInput(weights, d, rows) : DenseRows.EMPTY;
    }

    /** dC/da = sum over delays of the d that come so much later, times W^T. */
    private DenseRows backToInput(float[] weights, float[] d, int rows) {
      if (inputDelta == DenseRows.EMPTY) {
        below = new DenseRows(capacity, a.cols());
        inputDelta = new DenseRows(capacity, in.size());
      }
      inputDelta.setRows(rows);
      int units = out.features();
      for (int delay = 0; delay < taps; delay++) {
        // (rows*stretch-delay x units)(units x features)
        Blas.instance()
            .gemm(
                false,
                true,
                rows * stretch - delay,
                in.features(),
                units,
                1f,
                d,
                delay * units,
                units,
                weights,
                tap(delay),
                units,
                delay == 0 ? 0f : 1f,
                below.values(),
                0,
                in.features());
      }
      fromBehindZeros(below.values(), in.features(), inputDelta.values(), rows);
      return inputDelta;
    }

    /** Where the weights of a delay begin. */
    private int tap(int delay) {
      return weight + delay * in.features() * out.features();
    }

    private void behindZeros(float[] from, int width, float[] to, int rows) {
      int size = in.steps() * width;
      for (int i = 0; i < rows; i++) {
        int at = i * stretch * width;
        Arrays.fill(to, at, at + lead * width, 0f);
        System.arraycopy(from, i * size, to, at + lead * width, size);
      }
    }

    private void fromBehindZeros(float[] from, int width, float[] to, int rows) {
      int size = in.steps() * width;
      for (int i = 0; i < rows; i++) {
        System.arraycopy(from, (i * stretch + lead) * width, to, i * size, size);
      }
    }
  }
}
