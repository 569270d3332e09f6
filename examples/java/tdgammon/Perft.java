package tdgammon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Compares what {@link Board} lets a roll do with what another program does, and plays random games
 * to see that no checker is lost. (Programmers of chess call such a count perft.)
 *
 * <p>Arguments: a file of lines, each of GNU Backgammon's position ID, two dice, how many different
 * positions they can lead to, 0 if nothing can be played, and the pips of both sides, summed over
 * these; then how many games (100 if not given).
 */
final class Perft {
  private Perft() {}

  public static void main(String[] args) throws IOException {
    int wrong = 0;
    List<String> lines = Files.readAllLines(Path.of(args[0]));
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      Board board = Board.ofId(cells[0]);
      List<Board> plays = board.plays(0, Integer.parseInt(cells[1]), Integer.parseInt(cells[2]));
      if (plays.equals(List.of(board))) {
        plays = List.of();
      }
      int pips = plays.stream().mapToInt(play -> play.pips(0) + play.pips(1)).sum();
      if (plays.size() != Integer.parseInt(cells[3]) || pips != Integer.parseInt(cells[4])) {
        System.out.printf("%s, but found %d, %d%n", line, plays.size(), pips);
        wrong++;
      }
    }
    int games = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    for (int game = 0; game < games; game++) {
      playAtRandom(new Random(game));
    }
    System.out.printf("%d random games kept their checkers%n", games);
    System.out.printf("rolls that differ: %d of %d%n", wrong, lines.size());
  }

  private static void playAtRandom(Random random) {
    Board board = Board.START;
    for (int side = 0; !board.isOver(); side = 1 - side) {
      List<Board> plays = board.plays(side, 1 + random.nextInt(6), 1 + random.nextInt(6));
      board = plays.get(random.nextInt(plays.size()));
      check(board);
    }
  }

  /** Each side has 15 checkers, and no point belongs to both. */
  private static void check(Board board) {
    for (int side = 0; side < 2; side++) {
      int sum = 0;
      for (int point = Board.OFF; point <= Board.BAR; point++) {
        int count = board.count(side, point);
        boolean shared =
            point != Board.OFF
                && point != Board.BAR
                && count > 0
                && board.count(1 - side, Board.BAR - point) > 0;
        if (count < 0 || shared) {
          throw new IllegalStateException("Point " + point + " of " + board);
        }
        sum += count;
      }
      if (sum != Board.CHECKERS) {
        throw new IllegalStateException(sum + " checkers: " + board);
      }
    }
  }
}
