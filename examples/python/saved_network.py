"""A saved network scores without Spark, from the one file weights.safetensors in its directory.

Recognises the handwritten digits of examples/data with a model that was trained on their 64 pixels
and scales them itself, as NeuralNetworkClassifier(standardization=True) makes it:

    pip install numpy safetensors
    python examples/python/saved_network.py MODEL examples/data/digits.csv.gz

Neither PySpark, nor Java, nor Sparkprop is needed. In a Spark session model.to_torch() gives the
same network to PyTorch.
"""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

Array = NDArray[np.floating[Any]]

ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "identity": lambda z: z,
    "logistic": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Recognises digits without Spark.")
    parser.add_argument("model", type=Path, help="directory of a saved model, or its weights")
    parser.add_argument("data", help="examples/data/digits.csv.gz")
    args = parser.parse_args()
    file = args.model / "weights.safetensors" if args.model.is_dir() else args.model
    with safe_open(file, framework="numpy") as opened:
        metadata = opened.metadata()
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    print(
        f"{metadata['network']}: {metadata['numFeatures']} features,"
        f" {metadata['numOutputs']} classes"
    )

    table = np.loadtxt(args.data, delimiter=",", dtype=np.float32)
    pixels, digits = table[:, :-1], table[:, -1].astype(int)
    found = probabilities(metadata["network"], tensors, pixels)
    print(f"The first is a {digits[0]} with probability {found[0, digits[0]]:.3f}")
    right = np.count_nonzero(found.argmax(axis=1) == digits)
    print(f"{right} of {len(digits)} digits recognised")


def probabilities(network: str, tensors: dict[str, Array], rows: Array) -> Array:
    """Return the probability of each class for each row.

    The layers of ``network`` are numbered by their kind, as in ``dense1.weight``; the output layer
    follows them, and softmax it.
    """
    z = rows
    dense = 0
    for kind in re.findall(r"(\w+)(?:\([^)]*\))?", network):
        if kind == "dense":
            dense += 1
            z = z @ tensors[f"dense{dense}.weight"] + tensors[f"dense{dense}.bias"]
        elif kind != "dropout":  # which drops nothing when it scores
            z = ACTIVATIONS[kind](z)
    z = z @ tensors["output.weight"] + tensors["output.bias"]
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))
    result: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return result


if __name__ == "__main__":
    main()
