"""Training samples a second of scikit-learn on sparse rows, on demand: a line on standard input is one turn.

Arguments: folder that sparse_rows.py made, features. A turn is a pass over some of the rows, which
costs as much a row as a pass over all: each update goes over all weights.
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.neural_network import MLPClassifier

BATCH = 1024
UPDATES = 10


def load(folder, features):
    labels = np.fromfile(folder / "labels.i1", dtype=np.int8)
    indices = np.fromfile(folder / "indices.i4", dtype="<i4")
    starts = np.arange(len(labels) + 1) * (len(indices) // len(labels))
    values = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((values, indices, starts), shape=(len(labels), features)), labels


def main():
    x, y = load(Path(sys.argv[1]), int(sys.argv[2]))
    x, y = x[: BATCH * UPDATES], y[: BATCH * UPDATES]
    model = MLPClassifier(hidden_layer_sizes=(64,), solver="adam", batch_size=BATCH, random_state=1)
    print("ready", flush=True)
    for turn in sys.stdin:
        if turn.strip() == "end":
            break
        start = time.perf_counter()
        model.partial_fit(x, y, classes=[0, 1])
        print(x.shape[0] / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main()
