"""Makes the rows of the sparse benchmark, once: both contenders read the same files.

Arguments: folder, rows, features. Each row has 50 features that are 1, as hashed words of a text
are: a few are frequent, most are rare. Two classes, told apart by planted weights. `indices.i4`
holds 50 ascending numbers a row, `labels.i1` a number.
"""

import sys
from pathlib import Path

import numpy as np

NON_ZEROS = 50


def distinct(random, features):
    """50 features of a row, about one in a hundred of which is rarer than the last."""
    chosen = np.empty(0, dtype=np.int64)
    while len(chosen) < NON_ZEROS:
        words = random.zipf(1.2, 2 * NON_ZEROS)
        hashed = (words * 0x9E3779B1 % (1 << 32)) * features >> 32
        chosen = np.unique(np.concatenate([chosen, hashed]))
    return np.sort(random.choice(chosen, NON_ZEROS, replace=False))


def main():
    folder, rows, features = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    if (folder / "labels.i1").exists():
        return
    random = np.random.default_rng(1)
    indices = np.stack([distinct(random, features) for _ in range(rows)]).astype("<i4")
    planted = random.standard_normal(features)
    labels = (planted[indices].sum(axis=1) > 0).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    indices.tofile(folder / "indices.i4")
    labels.tofile(folder / "labels.i1")


if __name__ == "__main__":
    main()
