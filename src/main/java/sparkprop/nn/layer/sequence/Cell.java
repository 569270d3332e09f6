package sparkprop.nn.layer.sequence;

import java.util.Collections;
import java.util.List;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;

/** The kinds of recurrent units that a text can name. */
public enum Cell {
  /** A tanh of the input and of itself a step before. */
  RNN("rnn", 1, 2) {
    @Override
    Sweep sweep(Sweep.Setting setting) {
      return new RnnSweep(setting);
    }
  },
  /**
   * A memory with an input, a forget and an output gate. The forget gate's bias starts at 1, so
   * that memories last before training has found out which to keep (Gers, Schmidhuber and Cummins
   * 2000; Jozefowicz, Zaremba and Sutskever 2015).
   */
  LSTM("lstm", 4, 10) {
    @Override
    List<Float> biases() {
      return List.of(0f, 1f, 0f, 0f);
    }

    @Override
    Sweep sweep(Sweep.Setting setting) {
      return new LstmSweep(setting);
    }
  },
  /** A state with a gate that resets it and one that updates it. */
  GRU("gru", 3, 9) {
    @Override
    Sweep sweep(Sweep.Setting setting) {
      return new GruSweep(setting);
    }
  };

  private final String text;
  private final int gates;
  private final int kept;

  Cell(String text, int gates, int kept) {
    this.text = text;
    this.gates = gates;
    this.kept = kept;
  }

  /** How a text calls it. */
  public Signature signature() {
    return Signature.of(
        text,
        Parameter.whole("units", Range.atLeast(1)),
        Parameter.flag("bidirectional").orElse(false),
        Parameter.whole("truncate", Range.atLeast(1)).optional());
  }

  /** How many weighted sums of its input a unit has. */
  int gates() {
    return gates;
  }

  /** Floats that a unit keeps of each step: weighted sums, gates and states. */
  int kept() {
    return kept;
  }

  /** What the biases of each gate start with. */
  List<Float> biases() {
    return Collections.nCopies(gates, 0f);
  }

  /** The passes of these units over sequences in one direction. */
  abstract Sweep sweep(Sweep.Setting setting);
}
