package tdgammon;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A position of backgammon, without whose turn it is, and the rules of moving. Each of the two
 * sides, 0 and 1, counts the points in its own direction, as the pips that a checker there still
 * has to go: 0 is off the board, 1 to 6 its home, 25 the bar. Point p of one side is point 25 - p
 * of the other. Boards do not change.
 */
final class Board implements Serializable {
  static final int CHECKERS = 15;
  static final int OFF = 0;
  static final int BAR = 25;

  private static final int HOME = 6;

  /** How each game begins. */
  static final Board START = ofId("4HPwATDgc/ABMA");

  private final byte[][] checkers;

  private Board(byte[][] checkers) {
    this.checkers = checkers;
  }

  /**
   * Reads GNU Backgammon's position ID: base 64 of bits, lowest first, in which each point is as
   * many ones as checkers, then a zero.
   *
   * @param id the player on roll becomes side 0
   */
  static Board ofId(String id) {
    byte[] bits = Base64.getDecoder().decode(id);
    byte[][] checkers = new byte[2][BAR + 1];
    int bit = 0;
    // The opponent comes first.
    for (int side = 1; side >= 0; side--) {
      int left = CHECKERS;
      for (int point = 1; point <= BAR; point++) {
        for (; (bits[bit / 8] >> bit % 8 & 1) == 1; bit++) {
          checkers[side][point]++;
          left--;
        }
        bit++;
      }
      checkers[side][OFF] = (byte) left;
    }
    return new Board(checkers);
  }

  /** How many checkers a side has on a point of its own counting. */
  int count(int side, int point) {
    return checkers[side][point];
  }

  /** How far all checkers of a side still have to go. */
  int pips(int side) {
    int pips = 0;
    for (int point = 1; point <= BAR; point++) {
      pips += point * checkers[side][point];
    }
    return pips;
  }

  boolean hasWon(int side) {
    return checkers[side][OFF] == CHECKERS;
  }

  boolean isOver() {
    return hasWon(0) || hasWon(1);
  }

  /**
   * The different positions that a roll may lead to: as many dice are played as can be, the higher
   * if only one of them can; this board itself if none can.
   */
  List<Board> plays(int side, int die1, int die2) {
    int high = Math.max(die1, die2);
    int low = Math.min(die1, die2);
    if (high == low) {
      return new ArrayList<>(play(side, high, high, high, high).boards);
    }
    Played highFirst = play(side, high, low);
    Played lowFirst = play(side, low, high);
    if (highFirst.dice == 2 && lowFirst.dice == 2) {
      Set<Board> both = new LinkedHashSet<>(highFirst.boards);
      both.addAll(lowFirst.boards);
      return new ArrayList<>(both);
    }
    return new ArrayList<>(highFirst.dice >= lowFirst.dice ? highFirst.boards : lowFirst.boards);
  }

  /** What comes of so many dice, the most that can be played. */
  private record Played(int dice, Set<Board> boards) {}

  /** Plays dice in this order until one cannot be played. */
  private Played play(int side, int... dice) {
    Set<Board> boards = Set.of(this);
    for (int played = 0; played < dice.length; played++) {
      Set<Board> next = new LinkedHashSet<>();
      for (Board board : boards) {
        board.addMoves(side, dice[played], next);
      }
      if (next.isEmpty()) {
        return new Played(played, boards);
      }
      boards = next;
    }
    return new Played(dice.length, boards);
  }

  /** Adds what comes of moving one checker by one die. */
  private void addMoves(int side, int die, Set<Board> into) {
    byte[] own = checkers[side];
    int farthest = BAR;
    while (farthest > OFF && own[farthest] == 0) {
      farthest--;
    }
    // A checker on the bar has to move before any other.
    int lowest = farthest == BAR ? BAR : 1;
    for (int from = farthest; from >= lowest; from--) {
      if (own[from] > 0 && mayMove(side, from, from - die, farthest)) {
        into.add(moved(side, from, Math.max(OFF, from - die)));
      }
    }
  }

  private boolean mayMove(int side, int from, int to, int farthest) {
    if (to > OFF) {
      return checkers[1 - side][BAR - to] < 2;
    }
    // Bearing off, once all are home; a die higher than needed only takes the farthest checker.
    return farthest <= HOME && (to == OFF || from == farthest);
  }

  private Board moved(int side, int from, int to) {
    byte[][] after = {checkers[0].clone(), checkers[1].clone()};
    after[side][from]--;
    after[side][to]++;
    if (to != OFF && after[1 - side][BAR - to] == 1) {
      after[1 - side][BAR - to] = 0;
      after[1 - side][BAR]++;
    }
    return new Board(after);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Board board && Arrays.deepEquals(checkers, board.checkers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(checkers[0]) + Arrays.hashCode(checkers[1]);
  }

  @Override
  public String toString() {
    return Arrays.toString(checkers[0]) + " against " + Arrays.toString(checkers[1]);
  }
}
