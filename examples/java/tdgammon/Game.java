package tdgammon;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A game from its first roll to its end. */
final class Game {
  private final List<Board> positions;
  private final int first;
  private final double[] end;

  private Game(List<Board> positions, int first, double[] end) {
    this.positions = positions;
    this.first = first;
    this.end = end;
  }

  /** Plays a game in which each side takes what its evaluator thinks best. */
  static Game play(Evaluator side0, Evaluator side1, Random random) {
    List<Board> positions = new ArrayList<>();
    int first = random.nextInt(2);
    Board board = Board.START;
    for (int side = first; !board.isOver(); side = 1 - side) {
      int die1 = 1 + random.nextInt(6);
      int die2 = 1 + random.nextInt(6);
      // Each side has rolled one of the first dice to see who begins.
      while (positions.isEmpty() && die1 == die2) {
        die2 = 1 + random.nextInt(6);
      }
      positions.add(board);
      board = best(board.plays(side, die1, die2), side, side == 0 ? side0 : side1, random);
    }
    return new Game(positions, first, Evaluator.end(board));
  }

  /** One before each roll. */
  List<Board> positions() {
    return positions;
  }

  /** Whose roll it was. */
  int onRoll(int position) {
    return (first + position) % 2;
  }

  boolean wonBy(int side) {
    return end[2 * side] == 1;
  }

  /** The play of most points for a side; one of the best by lot. */
  private static Board best(List<Board> plays, int side, Evaluator evaluator, Random random) {
    if (plays.size() == 1) {
      return plays.get(0);
    }
    Board best = plays.get(0);
    double most = Double.NEGATIVE_INFINITY;
    int equals = 0;
    for (Board play : plays) {
      double[] outcome = play.isOver() ? Evaluator.end(play) : evaluator.outcome(play, 1 - side);
      double points = outcome[0] + outcome[1] - outcome[2] - outcome[3];
      points = side == 0 ? points : -points;
      if (points > most) {
        best = play;
        most = points;
        equals = 1;
      } else if (points == most && random.nextInt(++equals) == 0) {
        best = play;
      }
    }
    return best;
  }

  /**
   * What to learn for each position: the lambda-return, in which the end of the game and what the
   * evaluator thought of the positions on the way are weighed, the farther the less.
   */
  double[][] returns(Evaluator evaluator, double lambda) {
    double[][] returns = new double[positions.size()][];
    returns[positions.size() - 1] = end;
    for (int t = positions.size() - 2; t >= 0; t--) {
      double[] next = evaluator.outcome(positions.get(t + 1), onRoll(t + 1));
      returns[t] = new double[end.length];
      for (int k = 0; k < end.length; k++) {
        returns[t][k] = (1 - lambda) * next[k] + lambda * returns[t + 1][k];
      }
    }
    return returns;
  }
}
