package sparkprop.nn.layer.sequence;

import java.util.Arrays;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.VectorMath;
import sparkprop.linalg.blas.Blas;

/**
 * One direction of a recurrent layer: the way over the steps, and the products that all kinds of
 * units share. The input's is one product for all rows and steps; each step has one more, of the
 * outputs before it. The outputs of step t are a matrix in the middle of all outputs, (rows x
 * units) with a leading dimension of a whole sequence, and are multiplied where they are.
 *
 * <p>What a step computes stands in arrays of its own, (rows x units) from their first element:
 * loops over arrays that share one index become vector instructions.
 */
abstract class Sweep {

  /**
   * What the sweeps of a layer are made of.
   *
   * @param layer its sizes
   * @param reverse whether this direction reads from the last step to the first
   * @param offsets where its own parameters begin
   * @param h the layer's outputs, those of this direction among them
   * @param capacity the largest number of rows it will be shown at once
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Setting(Recurrent layer, boolean reverse, int[] offsets, DenseRows h, int capacity) {}

  final int units;
  final int steps;

  /** How many rows it was last shown. */
  int rows;

  /** What flows back to the state before beside what flows through the recurrent weights. */
  final float[] carry;

  /** dC/dh of the step that is derived. */
  final float[] dh;

  private final int features;
  private final int capacity;
  private final int width;
  private final boolean reverse;
  private final int truncate;
  private final int inputWeight;
  private final int recurrentWeight;
  private final int bias;
  private final DenseRows h;
  private final int outputs;
  private final int column;
  // Weighted sums, rows x steps x (gates * units); in the backward pass, when those have become
  // activations, the deltas of the same.
  private final DenseRows z;
  private DenseRows x = DenseRows.EMPTY;
  private int[] lengths = new int[0];

  Sweep(Setting setting) {
    Recurrent layer = setting.layer();
    this.units = layer.units();
    this.steps = layer.input().steps();
    this.features = layer.input().features();
    this.capacity = setting.capacity();
    this.width = layer.cell().gates() * units;
    this.reverse = setting.reverse();
    this.truncate = layer.truncate();
    this.inputWeight = setting.offsets()[0];
    this.recurrentWeight = setting.offsets()[1];
    this.bias = setting.offsets()[2];
    this.h = setting.h();
    this.outputs = h.cols() / steps;
    this.column = reverse ? units : 0;
    this.z = new DenseRows(capacity, Math.multiplyExact(steps, width));
    this.carry = newArray();
    this.dh = newArray();
  }

  /**
   * Computes a step's outputs.
   *
   * @param t the step, whose weighted sums lack what {@code before} adds
   * @param before the step read before it, -1 for the first
   * @return the outputs, (rows x units)
   */
  abstract float[] step(float[] weights, int t, int before);

  /** Adds to {@link #dh} what comes back from the step read next. */
  abstract void flowBack(float[] weights, int next);

  /** Turns {@link #dh} and {@link #carry} into the deltas of a step's weighted sums. */
  abstract void derive(int t, int before);

  /** Adds the gradient of the recurrent weights; spoils the deltas. */
  abstract void addRecurrentGradient(float[] gradient);

  final void forward(float[] weights, DenseRows input, int[] rowLengths) {
    x = input;
    rows = input.rows();
    lengths = rowLengths;
    for (int i = 0; i < rows * steps; i++) {
      System.arraycopy(weights, bias, z.values(), i * width, width);
    }
    // (rows*steps x features)(features x gates*units) + b -> rows*steps x gates*units
    Blas.instance()
        .gemm(
            false,
            false,
            rows * steps,
            width,
            features,
            1f,
            x.values(),
            0,
            features,
            weights,
            inputWeight,
            width,
            1f,
            z.values(),
            0,
            width);
    for (int s = 0; s < steps; s++) {
      int t = at(s);
      float[] now = step(weights, t, at(s - 1));
      clearPadding(now, t);
      merge(now, h.values(), t * outputs + column, outputs);
    }
  }

  final void backward(float[] weights, DenseRows delta, float[] gradient) {
    Arrays.fill(carry, 0, rows * units, 0f);
    for (int s = steps - 1; s >= 0; s--) {
      int t = at(s);
      int next = at(s + 1);
      split(delta.values(), t * outputs + column, outputs, dh);
      if (next >= 0 && isCut(t, next)) {
        Arrays.fill(carry, 0, rows * units, 0f);
      } else if (next >= 0) {
        flowBack(weights, next);
      }
      clearPadding(dh, t);
      clearPadding(carry, t);
      derive(t, at(s - 1));
    }
    // db += column sums of d
    VectorMath.addColumnSums(z.values(), rows * steps, width, gradient, bias);
    // dW += x^T d: (features x rows*steps)(rows*steps x gates*units) -> features x gates*units
    Blas.instance()
        .gemm(
            true,
            false,
            features,
            width,
            rows * steps,
            1f,
            x.values(),
            0,
            features,
            z.values(),
            0,
            width,
            1f,
            gradient,
            inputWeight,
            width);
  }

  /**
   * dC/dx = d W^T: (rows*steps x gates*units)(gates*units x features), times beta what is there.
   */
  final void backToInput(float[] weights, float beta, float[] inputDelta) {
    Blas.instance()
        .gemm(
            false,
            true,
            rows * steps,
            features,
            width,
            1f,
            z.values(),
            0,
            width,
            weights,
            inputWeight,
            width,
            beta,
            inputDelta,
            0,
            features);
  }

  /** Which step is read as number s; -1 before the first and behind the last. */
  private int at(int s) {
    return s < 0 || s >= steps ? -1 : reverse ? steps - 1 - s : s;
  }

  /** Whether one step is the last of a piece and the other the first of the next. */
  private boolean isCut(int one, int other) {
    return truncate > 0 && Math.max(one, other) % truncate == 0;
  }

  /**
   * Adds the outputs of a step times some columns of the recurrent weights: (rows x units)(units x
   * columns) -> rows x columns.
   *
   * @param before the step
   * @param from the first of the columns
   * @param sums added to, from {@code offset} on
   * @param ld distance between rows of the sums
   */
  final void addProduct(
      float[] weights, int before, int from, int columns, float[] sums, int offset, int ld) {
    Blas.instance()
        .gemm(
            false,
            false,
            rows,
            columns,
            units,
            1f,
            h.values(),
            before * outputs + column,
            steps * outputs,
            weights,
            recurrentWeight + from,
            width,
            1f,
            sums,
            offset,
            ld);
  }

  /** The same into the first columns of the weighted sums of step t. */
  final void addProduct(float[] weights, int t, int before, int columns) {
    addProduct(weights, before, 0, columns, z.values(), t * width, steps * width);
  }

  /**
   * dh += d U^T, for some columns of the recurrent weights U: (rows x columns)(columns x units) ->
   * rows x units.
   *
   * @param d deltas of step t in rows x steps x {@code deltas}
   */
  final void addBack(float[] weights, int t, int from, int columns, float[] d, int deltas) {
    Blas.instance()
        .gemm(
            false,
            true,
            rows,
            units,
            columns,
            1f,
            d,
            t * deltas,
            steps * deltas,
            weights,
            recurrentWeight + from,
            width,
            1f,
            dh,
            0,
            units);
  }

  /** The same for the deltas of the first columns of the weighted sums of step t. */
  final void addBack(float[] weights, int t, int columns) {
    addBack(weights, t, 0, columns, z.values(), width);
  }

  /**
   * dU += h'^T d, with h' the outputs a step before, for some columns of U: (units x
   * rows*steps-1)(rows*steps-1 x columns) -> units x columns. In memory the step before stands
   * right before, or behind where the direction is reverse; only a row's first step has another
   * row's last beside it, and its deltas are cleared.
   *
   * @param d deltas, rows x steps x {@code deltas}, of which the first {@code columns} count
   */
  final void addRecurrentGradient(float[] gradient, int from, int columns, float[] d, int deltas) {
    int first = at(0);
    for (int i = 0; i < rows; i++) {
      int start = (i * steps + first) * deltas;
      Arrays.fill(d, start, start + columns, 0f);
    }
    Blas.instance()
        .gemm(
            true,
            false,
            units,
            columns,
            rows * steps - 1,
            1f,
            h.values(),
            column + (reverse ? outputs : 0),
            outputs,
            d,
            reverse ? 0 : deltas,
            deltas,
            1f,
            gradient,
            recurrentWeight + from,
            width);
  }

  /** The same for the first columns of the weighted sums. */
  final void addRecurrentGradient(float[] gradient, int columns) {
    addRecurrentGradient(gradient, 0, columns, z.values(), width);
  }

  /** Copies a gate's weighted sums of step t out. */
  final void gate(int t, int gate, float[] to) {
    split(z.values(), t * width + gate * units, width, to);
  }

  /** Copies a gate's deltas of step t in. */
  final void setGate(int t, int gate, float[] from) {
    merge(from, z.values(), t * width + gate * units, width);
  }

  /** Copies a step out of rows x steps x {@code stepWidth}, from an offset in the first row on. */
  private void split(float[] from, int offset, int stepWidth, float[] to) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, offset + i * steps * stepWidth, to, i * units, units);
    }
  }

  /** Copies a step into rows x steps x {@code stepWidth}, from an offset in the first row on. */
  final void merge(float[] from, float[] to, int offset, int stepWidth) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, i * units, to, offset + i * steps * stepWidth, units);
    }
  }

  /** Puts zeros into a step's numbers where rows have ended. */
  final void clearPadding(float[] now, int t) {
    for (int i = 0; i < rows; i++) {
      if (lengths[i] <= t) {
        Arrays.fill(now, i * units, (i + 1) * units, 0f);
      }
    }
  }

  /** An array for a step's numbers. */
  final float[] newArray() {
    return new float[Math.multiplyExact(capacity, units)];
  }

  /** An array for each step. */
  final float[][] newArrays() {
    return new float[steps][Math.multiplyExact(capacity, units)];
  }
}
