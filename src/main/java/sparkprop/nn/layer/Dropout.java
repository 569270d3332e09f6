package sparkprop.nn.layer;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Randomness;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/**
 * Dropout (Srivastava et al. 2014) in its inverted form: in training each value is zeroed with
 * probability {@code p} and the others are divided by {@code 1 - p}; in scoring all pass unchanged.
 *
 * <p>Whether a value is dropped hangs on the moment of training, this layer's position, the row's
 * number in the whole input and the value's index in the row; on nothing else, so that neither
 * threads nor partitions nor the row's encoding change it.
 *
 * @param p probability of dropping a value, at least 0 and below 1
 * @param output the shape that passes through
 * @param position where the layer stands
 */
public record Dropout(double p, Shape output, Position position) implements Layer {

  public static final Signature SIGNATURE =
      Signature.of("dropout", Parameter.number("p", Range.atLeast(0).below(1)));

  /** {@code dropout(p)} of a text. */
  public record Spec(double p) implements LayerSpec {
    @Override
    public String text() {
      return SIGNATURE.print(p);
    }

    @Override
    public boolean random() {
      return true;
    }

    @Override
    public Dropout build(Shape input, Position position) {
      return new Dropout(p, input, position);
    }
  }

  @Override
  public String text() {
    return SIGNATURE.print(p);
  }

  @Override
  public String name() {
    return SIGNATURE.name();
  }

  @Override
  public boolean takesSparse() {
    return true;
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, capacity);
  }

  private static final class Pass implements LayerPass {
    private final long position;
    private final int width;
    private final int capacity;
    private final float keepScale;
    // A half of 64 random bits is compared, as an unsigned number, with p * 2^32.
    private final long threshold;
    private DenseRows mask = DenseRows.EMPTY;
    private DenseRows kept = DenseRows.EMPTY;
    private final SparseRows keptSparse;
    private boolean dropped;

    Pass(Dropout layer, int capacity) {
      this.position = layer.position.key();
      this.width = layer.output.size();
      this.capacity = capacity;
      this.keepScale = (float) (1 / (1 - layer.p));
      this.threshold = (long) (layer.p * 0x1p32);
      this.keptSparse = new SparseRows(width);
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      dropped = context.training();
      if (!dropped) {
        return input;
      }
      // Of a shift, dropout leaves a row that is no longer the same for all: those are spread out.
      if (input instanceof SparseRows sparse && sparse.shift() == null) {
        return dropSparse(sparse, context);
      }
      return dropDense(input.dense(), context);
    }

    private Rows dropDense(DenseRows x, RowContext context) {
      if (mask == DenseRows.EMPTY) {
        mask = new DenseRows(capacity, width);
        kept = new DenseRows(capacity, width);
      }
      mask.setRows(x.rows());
      kept.setRows(x.rows());
      float[] m = mask.values();
      for (int i = 0; i < x.rows(); i++) {
        long row = rowKey(context, i);
        for (int j = 0; j < width; j++) {
          m[i * width + j] = scale(row, j);
        }
      }
      float[] from = x.values();
      float[] to = kept.values();
      for (int i = 0; i < x.rows() * width; i++) {
        to[i] = from[i] * m[i];
      }
      return kept;
    }

    private Rows dropSparse(SparseRows x, RowContext context) {
      keptSparse.clear();
      for (int i = 0; i < x.rows(); i++) {
        keptSparse.appendRow(x, i);
        long row = rowKey(context, i);
        for (int k = keptSparse.starts()[i]; k < keptSparse.starts()[i + 1]; k++) {
          keptSparse.values()[k] *= scale(row, keptSparse.columns()[k]);
        }
      }
      return keptSparse;
    }

    private long rowKey(RowContext context, int i) {
      return Randomness.hash(context.key(), position, context.rowNumbers()[i]);
    }

    private float scale(long row, int column) {
      long pair = Randomness.hash(row, column >>> 1);
      long bits = (column & 1) == 0 ? pair >>> 32 : pair & 0xFFFFFFFFL;
      return bits < threshold ? 0f : keepScale;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      if (inputWanted && dropped) {
        float[] d = delta.values();
        float[] m = mask.values();
        for (int i = 0; i < delta.rows() * width; i++) {
          d[i] *= m[i];
        }
      }
      return delta;
    }
  }
}
