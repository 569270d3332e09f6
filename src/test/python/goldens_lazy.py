"""Writes src/test/resources/goldens/lazy.json: a network on sparse rows whose first layer PyTorch's SparseAdam trains.

    python src/test/python/goldens_lazy.py

The first layer's weight is an EmbeddingBag with sparse gradients (a row's columns are summed, each
times its value), which SparseAdam moves only where a column has occurred; its bias and the layer
above, whose gradients are dense, are Adam's. Twenty steps on mini-batches that are taken in turn and
do not share all their columns. Made with torch 2.15.0, in double precision from inputs and weights
that are exact in single precision.
"""

import json
import pathlib

import torch
from torch import nn

COLUMNS, UNITS, CLASSES, ROWS, BATCH, STEPS, STEP_SIZE = 12, 5, 3, 12, 3, 20, 0.02
OUTPUT = pathlib.Path(__file__).resolve().parents[1] / "resources" / "goldens" / "lazy.json"


def single(tensor):
    return tensor.float().double()


def plain(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().reshape(-1)]


def main():
    generator = torch.Generator().manual_seed(17)

    def noise(*shape):
        return single(0.5 * torch.randn(*shape, generator=generator, dtype=torch.float64))

    first = nn.EmbeddingBag.from_pretrained(noise(COLUMNS, UNITS), freeze=False, mode="sum", sparse=True)
    bias = nn.Parameter(noise(UNITS))
    above = nn.Linear(UNITS, CLASSES).double()
    with torch.no_grad():
        above.weight.copy_(noise(CLASSES, UNITS))
        above.bias.copy_(noise(CLASSES))
    # Each row has three columns, those of later mini-batches farther right; column 11 never occurs.
    columns = [sorted({n // 2, n // 2 + 1 + n % 4, (3 * n) % 7}) for n in range(ROWS)]
    values = [[float(v) for v in single(0.5 + torch.rand(len(c), generator=generator, dtype=torch.float64))] for c in columns]
    labels = torch.randint(CLASSES, (ROWS,), generator=generator)
    x = [[0.0] * COLUMNS for _ in range(ROWS)]
    for row, (at, what) in enumerate(zip(columns, values)):
        for column, value in zip(at, what):
            x[row][column] = value

    def tensors():
        return {
            "dense1.weight": plain(first.weight),
            "dense1.bias": plain(bias),
            "output.weight": plain(above.weight.t()),
            "output.bias": plain(above.bias),
        }

    result = {
        "network": f"dense({UNITS}) tanh",
        "classes": CLASSES,
        "batch": BATCH,
        "stepSize": STEP_SIZE,
        "x": x,
        "labels": labels.tolist(),
        "parameters": tensors(),
    }
    lazy = torch.optim.SparseAdam(list(first.parameters()), lr=STEP_SIZE)
    dense = torch.optim.Adam([bias, *above.parameters()], lr=STEP_SIZE)
    losses = []
    for step in range(STEPS):
        rows = [(step * BATCH + i) % ROWS for i in range(BATCH)]
        flat = torch.tensor([c for r in rows for c in columns[r]])
        weights = torch.tensor([v for r in rows for v in values[r]], dtype=torch.float64)
        offsets = torch.tensor([sum(len(columns[r]) for r in rows[:i]) for i in range(BATCH)])
        z = above(torch.tanh(first(flat, offsets, per_sample_weights=weights) + bias))
        loss = nn.functional.cross_entropy(z, labels[rows])
        lazy.zero_grad()
        dense.zero_grad()
        loss.backward()
        lazy.step()
        dense.step()
        losses.append(float(f"{loss.item():.9g}"))
    OUTPUT.write_text(json.dumps({**result, "losses": losses, "ended": tensors()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
