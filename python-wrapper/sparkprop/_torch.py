"""Networks as PyTorch's modules, and back: needs ``pip install sparkprop[torch]``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[np.float32]]

LAYER = re.compile(r"([A-Za-z]+)(?:\(([^)]*)\))?")

# Ours by name: what makes PyTorch's of our arguments, and the name of PyTorch's class, whose
# attribute is our argument.
ACTIVATIONS: dict[str, tuple[str, str | None]] = {
    "identity": ("Identity", None),
    "logistic": ("Sigmoid", None),
    "tanh": ("Tanh", None),
    "relu": ("ReLU", None),
    "leakyRelu": ("LeakyReLU", "negative_slope"),
    "elu": ("ELU", "alpha"),
    "selu": ("SELU", None),
    "gelu": ("GELU", None),
    "softplus": ("Softplus", None),
    "softsign": ("Softsign", None),
    "swish": ("SiLU", None),
    "mish": ("Mish", None),
    "hardSigmoid": ("Hardsigmoid", None),
}


def torch_module() -> Any:
    """Return PyTorch, or say what to install."""
    try:
        import torch
    except ImportError as e:
        raise ImportError("PyTorch is not installed: pip install 'sparkprop[torch]'.") from e
    return torch


def to_module(metadata: Mapping[str, str], tensors: Tensors) -> Any:
    """Return a ``torch.nn.Sequential`` of a saved network, in evaluation mode.

    Its layers have the names of ours. A classifier's module gives raw outputs, as ``predictRaw``
    does and PyTorch's losses want; a regressor's gives values.
    """
    torch = torch_module()
    module = torch.nn.Sequential()
    counts: Counter[str] = Counter()
    for name, argument in LAYER.findall(metadata["network"]):
        counts[name] += 1
        label = f"{name}{counts[name]}"
        module.add_module(label, _layer(torch, name, argument, label, tensors))
    module.add_module("output", _linear(torch, "output", tensors))
    activation = metadata["outputActivation"]
    if metadata["task"] == "regression":
        name, argument = _parsed(activation)
        module.add_module(name, _layer(torch, name, argument, name, tensors))
    elif tensors["output.bias"].size != int(metadata["numOutputs"]):
        module.add_module("raw", _function(torch, lambda z: torch.cat([-z, z], dim=-1)))
    return module.eval()


def _parsed(text: str) -> tuple[str, str]:
    found = LAYER.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text}' is no layer that this package knows.")
    return found[1], found[2] or ""


def _layer(torch: Any, name: str, argument: str, label: str, tensors: Tensors) -> Any:
    if name == "dense":
        return _linear(torch, label, tensors)
    if name == "batchNorm":
        return _batch_norm(torch, label, tensors)
    if name == "dropout":
        return torch.nn.Dropout(float(argument))
    if name in ACTIVATIONS:
        kind, attribute = ACTIVATIONS[name]
        given = {attribute: float(argument)} if attribute and argument else {}
        return getattr(torch.nn, kind)(**given)
    functions: dict[str, Callable[[Any], Any]] = {
        "lecunTanh": lambda z: 1.7159 * torch.tanh(2 / 3 * z),
        "exponential": torch.exp,
        "softmax": lambda z: torch.softmax(z, dim=-1),
    }
    if name not in functions:
        raise ValueError(f"Layer {name} has no counterpart in PyTorch that this package knows.")
    return _function(torch, functions[name])


def _function(torch: Any, function: Callable[[Any], Any]) -> Any:
    class Function(torch.nn.Module):  # type: ignore[misc]
        def forward(self, z: Any) -> Any:
            return function(z)

    return Function()


def _linear(torch: Any, label: str, tensors: Tensors) -> Any:
    weight = tensors[f"{label}.weight"]
    layer = torch.nn.Linear(*weight.shape)
    _fill(torch, layer.weight, weight.T)
    _fill(torch, layer.bias, tensors[f"{label}.bias"])
    return layer


def _batch_norm(torch: Any, label: str, tensors: Tensors) -> Any:
    layer = torch.nn.BatchNorm1d(tensors[f"{label}.scale"].size)
    _fill(torch, layer.weight, tensors[f"{label}.scale"])
    _fill(torch, layer.bias, tensors[f"{label}.bias"])
    _fill(torch, layer.running_mean, tensors[f"{label}.runningMean"])
    _fill(torch, layer.running_var, tensors[f"{label}.runningVariance"])
    return layer


def _fill(torch: Any, target: Any, values: NDArray[np.float32]) -> None:
    with torch.no_grad():
        target.copy_(torch.from_numpy(np.ascontiguousarray(values)))


def from_module(module: Any) -> tuple[dict[str, str], dict[str, NDArray[np.float32]]]:
    """Return header and tensors of the classifier that a ``torch.nn.Sequential`` is.

    Its last layer must be a ``Linear`` of two outputs or more, whose outputs are raw: softmax
    follows in ours.

    Raises
    ------
    ValueError
        Naming the layer that has no counterpart in ours.
    """
    torch = torch_module()
    layers = list(module.children())
    if not isinstance(module, torch.nn.Sequential) or not layers:
        raise ValueError(f"A torch.nn.Sequential of layers is needed, but this is {module!r}.")
    if not isinstance(layers[-1], torch.nn.Linear) or layers[-1].out_features < 2:
        raise ValueError(
            "The last layer must be a Linear of an output for each class, raw and without softmax,"
            f" but is {layers[-1]!r}."
        )
    tensors: dict[str, NDArray[np.float32]] = {}
    counts: Counter[str] = Counter()
    texts = []
    for layer in layers[:-1]:
        text = _text(torch, layer)
        name = _parsed(text)[0]
        counts[name] += 1
        tensors |= _tensors(torch, layer, f"{name}{counts[name]}")
        texts.append(text)
    tensors |= _tensors(torch, layers[-1], "output")
    first = next((layer for layer in layers if hasattr(layer, "in_features")), layers[-1])
    features = getattr(layers[0], "num_features", first.in_features)
    metadata = {
        "sparkprop.formatVersion": "1",
        "task": "classification",
        "network": " ".join(texts),
        "loss": "crossEntropy",
        "outputActivation": "softmax",
        "numFeatures": str(features),
        "numOutputs": str(layers[-1].out_features),
        "classNames": "[]",
        "stage": "sparkprop.classification.NeuralNetworkClassificationModel",
    }
    return metadata, tensors


def _text(torch: Any, layer: Any) -> str:
    kind = type(layer)
    if kind is torch.nn.Linear:
        return f"dense({layer.out_features})"
    if kind is torch.nn.BatchNorm1d and layer.affine and layer.track_running_stats:
        if layer.eps == 1e-5:
            return "batchNorm"
    elif kind is torch.nn.Dropout:
        return f"dropout({layer.p})" if layer.p else "identity"
    elif not (kind is torch.nn.GELU and layer.approximate != "none") and not (
        kind is torch.nn.Softplus and (layer.beta, layer.threshold) != (1, 20)
    ):
        for ours, (theirs, attribute) in ACTIVATIONS.items():
            if kind is getattr(torch.nn, theirs):
                return f"{ours}({getattr(layer, attribute)})" if attribute else ours
    raise ValueError(f"Layer {layer!r} of PyTorch has no counterpart in Sparkprop.")


def _tensors(torch: Any, layer: Any, label: str) -> dict[str, NDArray[np.float32]]:
    def array(tensor: Any) -> NDArray[np.float32]:
        found: NDArray[np.float32] = tensor.detach().cpu().float().numpy()
        return np.ascontiguousarray(found)

    if isinstance(layer, torch.nn.Linear):
        bias = np.zeros(layer.out_features, np.float32)
        return {
            f"{label}.weight": np.ascontiguousarray(array(layer.weight).T),
            f"{label}.bias": bias if layer.bias is None else array(layer.bias),
        }
    if isinstance(layer, torch.nn.BatchNorm1d):
        return {
            f"{label}.scale": array(layer.weight),
            f"{label}.bias": array(layer.bias),
            f"{label}.runningMean": array(layer.running_mean),
            f"{label}.runningVariance": array(layer.running_var),
        }
    return {}
