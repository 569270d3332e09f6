"""Processes that measure, and what they answer."""

import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path

from build import TARGET


class Contender:
    """A process that measures once for each line it is sent, and rests in between."""

    def __init__(self, command: Sequence[str]) -> None:
        self.errors = TARGET / f"{Path(command[0]).name}.log"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        self.answer()  # it is ready

    def answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line:
            raise SystemExit(f"A contender ended early; it wrote {self.errors}")
        return line

    def turn(self) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return float(self.answer())

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("end\n")
        self.process.stdin.close()
        self.process.wait()


def compare(what: str, ours: Contender, name: str, peer: Contender, rounds: int) -> None:
    """Lets both measure in turn, once unseen, and prints medians and that of the ratios."""
    ours.turn()  # code is compiled now
    peer.turn()
    pairs = [(ours.turn(), peer.turn()) for _ in range(rounds)]
    ours.end()
    peer.end()
    print(f"{what}-ours", round(statistics.median(o for o, _ in pairs)))
    print(f"{what}-{name}", round(statistics.median(p for _, p in pairs)))
    print("ratio", round(statistics.median(o / p for o, p in pairs), 3))


def numbers(command: Sequence[str]) -> list[float]:
    """The numbers on the one line that a process writes."""
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [float(number) for number in answer.stdout.split()]


def show(command: Sequence[str], suffix: str = "") -> None:
    """Runs a process that prints its results itself; a suffix is added to their names."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            name, _, value = line.partition(" ")
            print(f"{name}{suffix} {value}" if suffix else line, end="", flush=True)
    if process.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} ended with {process.returncode}.")
