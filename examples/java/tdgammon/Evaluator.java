package tdgammon;

import java.io.Serializable;
import sparkprop.nn.SavedNetwork;

/** Says how a game is going to end. */
interface Evaluator extends Serializable {
  /**
   * Expectations of four events: side 0 wins; side 0 wins a gammon, which is a win before the
   * opponent bears off a checker and counts twice; the same two of side 1.
   */
  double[] outcome(Board board, int onRoll);

  /** How the game has ended. */
  static double[] end(Board board) {
    int winner = board.hasWon(0) ? 0 : 1;
    double[] end = new double[4];
    end[2 * winner] = 1;
    end[2 * winner + 1] = board.count(1 - winner, Board.OFF) == 0 ? 1 : 0;
    return end;
  }

  /** All positions are alike to it. */
  static Evaluator knowingNothing() {
    return (board, onRoll) -> new double[] {0.5, 0, 0.5, 0};
  }

  /** Asks a trained network, in plain Java: a position is no row of a Spark job. */
  static Evaluator of(SavedNetwork network) {
    return (board, onRoll) -> {
      Units units = Units.of(board, onRoll);
      double[] raw = network.scorer().raw(Units.SIZE, units.indices(), units.values());
      return network.scorer().answer(raw);
    };
  }
}
