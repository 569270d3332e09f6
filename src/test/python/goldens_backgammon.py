"""Writes src/test/resources/goldens/backgammon.csv: what rolls allow, by GNU Backgammon's rules.

Run it with any Python that has gnubg-nn: python src/test/python/goldens_backgammon.py

A line is a position ID, two dice, how many different positions they can lead to, and the pips of
both sides, summed over these. First all rolls at the beginning of a game, then positions of random
games, among them many with checkers on the bar, with all checkers home, and where either die can be
played but not both.
"""

import random
from pathlib import Path

import gnubg_nn

START = "4HPwATDgc/ABMA"
GAMES = 400
OF_A_KIND = 60
BAR = 24


def plays(board, high, low):
    keys = sorted(set(gnubg_nn.moves(board, high, low)))
    return [gnubg_nn.board_from_position_key(key) for key in keys]


def pips_of(own):
    return sum((point + 1) * count for point, count in enumerate(own))


def line(board, high, low, after):
    pips = sum(pips_of(own) for sides in after for own in sides)
    return f"{gnubg_nn.position_id(board)},{high},{low},{len(after)},{pips}\n"


def opening():
    board = gnubg_nn.board_from_position_id(START)
    for high in range(1, 7):
        for low in range(1, high + 1):
            yield line(board, high, low, plays(board, high, low))


def random_games():
    """The checkers of who rolls, whether either die but not both can be played, and the line."""
    for _ in range(GAMES):
        board = gnubg_nn.board_from_position_id(START)
        while all(sum(side) for side in board):
            low, high = sorted(random.choices(range(1, 7), k=2))
            after = plays(board, high, low)
            moved = max((pips_of(board[1]) - pips_of(own) for _, own in after), default=0)
            either = moved == high > low and bool(plays(board, low, low))
            yield board[1], either, line(board, high, low, after)
            opponent, own = random.choice(after) if after else board
            board = [list(own), list(opponent)]


def sample():
    met = list(random_games())
    kinds = [
        [text for own, _, text in met if own[BAR] > 0],
        [text for own, _, text in met if not any(own[6:])],
        [text for _, either, text in met if either],
        [text for _, _, text in met],
    ]
    for kind in kinds:
        yield from random.sample(kind, min(OF_A_KIND, len(kind)))


if __name__ == "__main__":
    random.seed(1992)
    lines = dict.fromkeys([*opening(), *sample()])
    goldens = Path(__file__).parents[1] / "resources" / "goldens" / "backgammon.csv"
    goldens.write_text("".join(lines))
