"""Writes src/test/resources/goldens/optim.json: twenty steps of each solver, by PyTorch.

Run it with any Python that has torch: python src/test/python/goldens_optim.py

The objective is a sum of parabolas with a quartic term and a coupling of neighbours. Its gradient
is written out, operation by operation in float32, so that the Java test repeats it exactly and the
comparison sees the solvers only.
"""

import json
import re
from pathlib import Path

import torch

START = torch.tensor([1.5, -0.7, 0.2, 2.0, -1.2])
CURVATURE = torch.tensor([1.0, 10.0, 0.1, 3.0, 0.5])
TARGET = torch.tensor([0.3, 0.1, -2.0, 0.0, 1.0])

QUARTIC = torch.tensor(0.25)
COUPLING = torch.tensor(0.5)

STEPS = 20


def gradient(w):
    parabola = CURVATURE * (w - TARGET)
    return parabola + QUARTIC * (w * w * w) + COUPLING * torch.roll(w, 1)


def sgd(**options):
    return lambda p, lr, decay: torch.optim.SGD([p], lr=lr, weight_decay=decay, **options)


def adam(**options):
    return lambda p, lr, decay: torch.optim.Adam([p], lr=lr, weight_decay=decay, **options)


def with_decay(optimizer, **options):
    return lambda p, lr, decay: optimizer([p], lr=lr, weight_decay=decay, **options)


def adamw(**options):
    """Decoupled decay only: PyTorch's has no L2 penalty beside it."""

    def build(p, lr, decay):
        assert decay == 0
        return torch.optim.AdamW([p], lr=lr, **options)

    return build


def rprop(**options):
    """PyTorch's has no L2 penalty."""

    def build(p, lr, decay):
        assert decay == 0
        return torch.optim.Rprop([p], lr=lr, **options)

    return build


# Our text, PyTorch's optimizer, step size, L2 penalty.
CASES = [
    ("sgd", sgd(), 0.01, 0.0),
    ("sgd", sgd(), 0.05, 0.3),
    ("momentum", sgd(momentum=0.9), 0.01, 0.0),
    ("momentum(0.5)", sgd(momentum=0.5), 0.05, 0.3),
    ("nesterov", sgd(momentum=0.9, nesterov=True), 0.01, 0.0),
    ("nesterov(0.5)", sgd(momentum=0.5, nesterov=True), 0.05, 0.3),
    ("adagrad", with_decay(torch.optim.Adagrad), 0.01, 0.0),
    ("adagrad(epsilon=0.1)", with_decay(torch.optim.Adagrad, eps=0.1), 0.2, 0.3),
    ("rmsprop", with_decay(torch.optim.RMSprop, alpha=0.9), 0.001, 0.0),
    ("rmsprop(decay=0.99, epsilon=0.1)", with_decay(torch.optim.RMSprop, alpha=0.99, eps=0.1), 0.05, 0.3),
    ("adam", adam(), 0.001, 0.0),
    ("adam(beta1=0.7, beta2=0.95, epsilon=0.01)", adam(betas=(0.7, 0.95), eps=0.01), 0.1, 0.3),
    ("adamW", adamw(weight_decay=0.01), 0.001, 0.0),
    ("adamW(decay=0.3, beta1=0.7)", adamw(weight_decay=0.3, betas=(0.7, 0.999)), 0.005, 0.0),
    ("rprop", rprop(), 0.01, 0.0),
    ("rprop(0.6, 1.5, min=0.001, max=0.2)", rprop(etas=(0.6, 1.5), step_sizes=(0.001, 0.2)), 0.1, 0.0),
]


SPARSE_CASES = [
    ("adam(lazy=true)", {}, 0.001),
    ("adam(beta1=0.7, beta2=0.95, lazy=true)", {"betas": (0.7, 0.95)}, 0.1),
]


def occurs(step):
    """Which weights' columns occur in a step: each is missing in every third."""
    return [i for i in range(len(START)) if (i + step) % 3]


def sparse_trajectory(options, step_size):
    w = torch.nn.Parameter(START.clone())
    optimizer = torch.optim.SparseAdam([w], lr=step_size, **options)
    weights = []
    for step in range(STEPS):
        columns = torch.tensor([occurs(step)])
        values = gradient(w.detach())[columns[0]]
        w.grad = torch.sparse_coo_tensor(columns, values, w.shape, check_invariants=False)
        optimizer.step()
        weights.append(numbers(w.detach()))
    return weights


def trajectory(build, step_size, decay):
    w = torch.nn.Parameter(START.clone())
    optimizer = build(w, step_size, decay)
    weights = []
    for _ in range(STEPS):
        w.grad = gradient(w.detach())
        optimizer.step()
        weights.append(numbers(w.detach()))
    return weights


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.tolist()]  # nine digits say which float32 it is


def main():
    goldens = {
        "torch": torch.__version__.split("+")[0],
        "start": numbers(START),
        "curvature": numbers(CURVATURE),
        "target": numbers(TARGET),
        "quartic": QUARTIC.item(),
        "coupling": COUPLING.item(),
        "cases": [
            {
                "solver": text,
                "stepSize": step_size,
                "regParam": decay,
                "weights": trajectory(build, step_size, decay),
            }
            for text, build, step_size, decay in CASES
        ],
        "sparseCases": [
            {
                "solver": text,
                "stepSize": step_size,
                "occurs": [occurs(step) for step in range(STEPS)],
                "weights": sparse_trajectory(options, step_size),
            }
            for text, options, step_size in SPARSE_CASES
        ],
    }
    root = Path(__file__).resolve().parents[3]
    path = root / "src/test/resources/goldens/optim.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    # One line for each innermost list.
    text = re.sub(r"\[[^\[\]{}]*\]", lambda m: " ".join(m[0].split()), json.dumps(goldens, indent=1))
    path.write_text(text + "\n")


if __name__ == "__main__":
    main()
