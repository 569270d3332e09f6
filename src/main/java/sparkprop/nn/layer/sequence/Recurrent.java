package sparkprop.nn.layer.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.text.Arguments;

/**
 * Units that read a sequence step by step, and each step see what they themselves put out the step
 * before; formulas are with {@link RnnSweep}, {@link LstmSweep} and {@link GruSweep}. Out come all
 * steps: steps x units.
 *
 * <p>{@code inputWeight} is features x (gates * units), {@code recurrentWeight} is units x (gates *
 * units), {@code bias} is gates * units, a gate's columns after the other in PyTorch's order.
 * PyTorch has two biases, of which only the sum matters, and one is kept; but for the new state of
 * {@code gru}, whose second one is {@code recurrentBias}, units.
 *
 * <p>With {@code bidirectional} as many units read from the last step to the first (Schuster and
 * Paliwal 1997); each step's output is that of the units which read forward, then that of the
 * others. The latter's parameters are called {@code reverseInputWeight} and so on.
 *
 * <p>With {@code truncate} sequences are cut for the gradient, not for the state: it does not flow
 * from one piece of so many steps into another (truncated backpropagation through time, Williams
 * and Peng 1990).
 *
 * @param cell the kind of units
 * @param input sequences that come in
 * @param units how many read in each direction
 * @param bidirectional whether units read backward too
 * @param truncate steps of a piece, 0 for no cut
 */
public record Recurrent(
    Cell cell, SequenceShape input, int units, boolean bidirectional, int truncate)
    implements Layer {

  /** {@code lstm(units, bidirectional=false, truncate=...)} of a text. */
  public record Spec(Cell cell, int units, boolean bidirectional, int truncate)
      implements LayerSpec {
    /** As a text's arguments say. */
    public static Spec of(Cell cell, Arguments arguments) {
      return new Spec(
          cell,
          arguments.whole("units"),
          arguments.flag("bidirectional"),
          arguments.has("truncate") ? arguments.whole("truncate") : 0);
    }

    @Override
    public String text() {
      return cell.signature().print(units, bidirectional, truncate == 0 ? null : truncate);
    }

    @Override
    public Recurrent build(Shape input, Position position) {
      Recurrent layer =
          new Recurrent(cell, SequenceShape.of(input, text()), units, bidirectional, truncate);
      layer.output().size();
      return layer;
    }
  }

  @Override
  public String text() {
    return new Spec(cell, units, bidirectional, truncate).text();
  }

  @Override
  public String name() {
    return cell.signature().name();
  }

  @Override
  public Shape output() {
    return input.of(directions() * units).shape();
  }

  private int directions() {
    return bidirectional ? 2 : 1;
  }

  @Override
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> parameters = new ArrayList<>(parameters("input", "recurrent", "bias"));
    if (bidirectional) {
      parameters.addAll(parameters("reverseInput", "reverseRecurrent", "reverseBias"));
    }
    return parameters;
  }

  private List<ParameterSpec> parameters(String fromInput, String fromBefore, String bias) {
    int width = cell.gates() * units;
    String initialiser = Initialisers.uniform(1 / Math.sqrt(units));
    List<ParameterSpec> own = new ArrayList<>();
    own.add(
        ParameterSpec.weight(
                fromInput + "Weight", Shape.of(input.features(), width), input.features(), width)
            .suiting(initialiser));
    own.add(
        ParameterSpec.weight(
                fromBefore + "Weight",
                ParameterKind.RECURRENT,
                Shape.of(units, width),
                units,
                width)
            .suiting(initialiser));
    own.add(ParameterSpec.constants(bias, ParameterKind.BIAS, Shape.of(width), cell.biases()));
    if (cell == Cell.GRU) {
      own.add(ParameterSpec.constant(fromBefore + "Bias", ParameterKind.BIAS, Shape.of(units), 0f));
    }
    return own;
  }

  @Override
  public boolean readsLengths() {
    return true;
  }

  @Override
  public long workspace() {
    long kept = (long) directions() * cell.kept() * units * input.steps();
    return kept + output().size() + input.size();
  }

  @Override
  public LayerPass newPass(int[] offsets, int capacity) {
    return new Pass(this, offsets, capacity);
  }

  private static final class Pass implements LayerPass {
    private final SequenceShape input;
    private final int capacity;
    private final DenseRows h;
    private final List<Sweep> sweeps = new ArrayList<>();
    private DenseRows a = DenseRows.EMPTY;
    // Allocated when first asked for: the lowest layer never is.
    private DenseRows inputDelta = DenseRows.EMPTY;

    Pass(Recurrent layer, int[] offsets, int capacity) {
      this.input = layer.input;
      this.capacity = capacity;
      this.h = new DenseRows(capacity, layer.output().size());
      int each = offsets.length / layer.directions();
      for (int d = 0; d < layer.directions(); d++) {
        int[] own = Arrays.copyOfRange(offsets, d * each, (d + 1) * each);
        sweeps.add(layer.cell.sweep(new Sweep.Setting(layer, d == 1, own, h, capacity)));
      }
    }

    @Override
    public Rows forward(float[] weights, Rows input, RowContext context) {
      a = input.dense();
      h.setRows(a.rows());
      for (Sweep sweep : sweeps) {
        sweep.forward(weights, a, context.lengths());
      }
      return h;
    }

    @Override
    public DenseRows backward(
        float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
      if (inputWanted && inputDelta == DenseRows.EMPTY) {
        inputDelta = new DenseRows(capacity, input.size());
      }
      for (int d = 0; d < sweeps.size(); d++) {
        sweeps.get(d).backward(weights, delta, gradient);
        if (inputWanted) {
          sweeps.get(d).backToInput(weights, d == 0 ? 0f : 1f, inputDelta.values());
        }
        sweeps.get(d).addRecurrentGradient(gradient);
      }
      if (!inputWanted) {
        return DenseRows.EMPTY;
      }
      inputDelta.setRows(delta.rows());
      return inputDelta;
    }
  }
}
