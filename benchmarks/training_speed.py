"""Training samples a second in PyTorch, on demand: a line on standard input is one turn.

Arguments: folder of Fashion-MNIST, hidden units with commas or lenet, batch size, passes a turn. Rows are
shuffled and gathered in each pass, as ours are.
"""

import gzip
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn


def load(folder, part):
    read = lambda name, header: np.frombuffer(
        gzip.decompress((Path(folder) / name).read_bytes())[header:], dtype=np.uint8
    )
    labels = read(f"{part}-labels-idx1-ubyte.gz", 8)
    images = read(f"{part}-images-idx3-ubyte.gz", 16).reshape(len(labels), -1)
    return torch.tensor(images, dtype=torch.float32) / 255, torch.tensor(labels, dtype=torch.int64)


def network(inputs, hidden, outputs):
    if hidden == "lenet":
        return lenet(outputs)
    layers, width = [], inputs
    for units in map(int, hidden.split(",")):
        layers += [nn.Linear(width, units), nn.ReLU()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def lenet(outputs):
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        *(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
        nn.Flatten(),
        *(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh()),
        nn.Linear(84, outputs),
    )


def measure(x, y, hidden, batch, passes):
    model = network(x.shape[1], hidden, 10)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    loss = nn.CrossEntropyLoss()
    speeds = []
    for _ in range(passes):
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for at in range(0, len(x), batch):
            rows = order[at : at + batch]
            optimizer.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()
        speeds.append(len(x) / (time.perf_counter() - start))
    return statistics.median(speeds[1:])


def main():
    folder, hidden, batch, passes = sys.argv[1:]
    torch.set_num_threads(2)
    torch.manual_seed(1)
    x, y = load(folder, "train")
    print("ready", flush=True)
    for turn in sys.stdin:
        if turn.strip() == "end":
            break
        print(measure(x, y, hidden, int(batch), int(passes)), flush=True)


if __name__ == "__main__":
    main()
