"""Prints what benchmarks/run scaling measured as tables, and a model of it.

Arguments: what Scaling printed in one JVM, in one executor with two slots, in two with one each.
The model is fitted to the second, checked against the third, and then asked about 100 executors.
"""

import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

SLOTS = 2
DEPTH = 2
COLLECTED = 64 << 20  # what the driver collects without a shuffle, in SumPlace
LIMIT = 1 << 30  # spark.driver.maxResultSize
FRAMING = 16 << 10
NETWORK = 10e9 / 8  # bytes a second between machines, assumed


@dataclass(frozen=True)
class Measured:
    """A line of Scaling's: seconds of an update's parts."""

    partitions: int
    weights: int
    rows: int
    job: float
    broadcast: float
    bare: float
    whole: float

    @property
    def compute(self):
        return self.whole - self.bare

    @property
    def aggregation(self):
        return self.bare - self.job - self.broadcast


def read(path):
    lines = [line.split() for line in Path(path).read_text().splitlines() if line]
    return [Measured(*map(int, line[:3]), *map(float, line[3:])) for line in lines]


def widths(partitions):
    """Leaves and inner levels of the tree of sums, as SumTree has them."""
    fan_in = max(math.ceil(partitions ** (1 / DEPTH)), 2)
    levels = [partitions]
    while levels[-1] > fan_in + math.ceil(levels[-1] / fan_in):
        levels.append(levels[-1] // fan_in)
    return levels


def place(partitions, weights):
    """How many results reach the driver, and how many levels are shuffled before."""
    result = 4 * weights + FRAMING
    levels = widths(partitions)
    if partitions * result <= min(COLLECTED, LIMIT / 4):
        return partitions, 0
    if levels[-1] * result <= LIMIT / 2:
        return levels[-1], len(levels) - 1
    return 1, len(levels)


def fitted(rows, columns, times):
    """Coefficients, none negative, that make the errors small as shares of the whole update."""
    table = np.array([columns(m.partitions, m.weights, m.rows) for m in rows], dtype=float)
    whole = np.array([m.whole for m in rows])
    parts = np.array([times(m) for m in rows])
    return nnls(table / whole[:, None], parts / whole)[0]


class Model:
    """Seconds of an update's parts, each a sum of a few terms."""

    def __init__(self, rows):
        self.parts = {
            "job": (self.job, fitted(rows, self.job, lambda m: m.job)),
            "broadcast": (self.broadcast, fitted(rows, self.broadcast, lambda m: m.broadcast)),
            "compute": (self.compute, fitted(rows, self.compute, lambda m: m.compute)),
            "aggregation": (self.aggregation, fitted(rows, self.aggregation, lambda m: m.aggregation)),
        }

    slots = SLOTS

    def waves(self, partitions):
        return math.ceil(partitions / self.slots)

    def job(self, partitions, weights, rows):
        return 1, partitions

    def broadcast(self, partitions, weights, rows):
        return 1, weights

    def compute(self, partitions, weights, rows):
        return self.waves(partitions), self.waves(partitions) * weights * rows

    def aggregation(self, partitions, weights, rows):
        results, shuffles = place(partitions, weights)
        return 1, weights, results * weights, shuffles, shuffles * weights * self.waves(partitions)

    def part(self, name, partitions, weights, rows):
        columns, coefficients = self.parts[name]
        return float(np.dot(columns(partitions, weights, rows), coefficients))

    def seconds(self, partitions, weights, rows):
        return sum(self.part(name, partitions, weights, rows) for name in self.parts)


class Wide(Model):
    """The same executors, many, each on a machine of its own."""

    def __init__(self, model, executors):
        self.parts = {name: (getattr(self, name), c) for name, (_, c) in model.parts.items()}
        self.slots = SLOTS * executors
        self.executors = executors

    def wire(self, partitions, weights):
        """What was free between processes of one machine. Pieces of a broadcast pass from executor
        to executor, so that it takes about two transfers however many there are; results reach the
        driver through its one connection, and a node of the tree its children through its own."""
        results, shuffles = place(partitions, weights)
        fan_in = math.ceil(partitions ** (1 / DEPTH))
        return (2 + results + shuffles * fan_in) * 4 * weights / NETWORK

    def seconds(self, partitions, weights, rows):
        return super().seconds(partitions, weights, rows) + self.wire(partitions, weights)


def table(title, rows):
    print(f"\n{title}, milliseconds an update\n")
    print("| weights | partitions | rows a partition | job | broadcast | compute | aggregation and step | update |")
    print("|---|---|---|---|---|---|---|---|")
    for m in rows:
        times = (m.job, m.broadcast, m.compute, m.aggregation, m.whole)
        print(f"| {m.weights:,} | {m.partitions} | {m.rows:,} |", " | ".join(f"{1e3 * t:.1f}" for t in times), "|")


def predictions(model, executors):
    wide = Wide(model, executors)
    partitions = SLOTS * executors
    print(f"\n{executors} executors of {SLOTS} slots, {partitions} partitions, predicted\n")
    print("| weights | rows a partition | compute, ms | all else, ms | update, ms | speed-up over one executor |")
    print("|---|---|---|---|---|---|")
    for weights in (10_345, 203_530, 2_000_230, 50_000_000):
        for rows in (64, 1024, 16384):
            compute = wide.part("compute", partitions, weights, rows)
            whole = wide.seconds(partitions, weights, rows)
            # One executor has as many rows to compute, in its two partitions.
            alone = model.seconds(SLOTS, weights, rows * executors)
            numbers = (1e3 * compute, 1e3 * (whole - compute), 1e3 * whole, alone / whole)
            print(f"| {weights:,} | {rows:,} |", " | ".join(f"{n:.1f}" for n in numbers), "|")


def main():
    in_jvm, one, two = map(read, sys.argv[1:])
    table("One JVM, local[2]", in_jvm)
    table("One executor with two slots", one)
    table("Two executors with one slot each", two)
    model = Model(one)
    print("\nCoefficients, seconds a unit\n")
    for name, (_, coefficients) in model.parts.items():
        print(f"- {name}:", ", ".join(f"{c:.3g}" for c in coefficients))
    predictions(model, 100)
    print()
    errors = [abs(model.seconds(m.partitions, m.weights, m.rows) / m.whole - 1) for m in two]
    print("worst-error", round(max(errors), 3))
    print("median-error", round(float(np.median(errors)), 3))


if __name__ == "__main__":
    main()
