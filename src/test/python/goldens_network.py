"""Writes src/test/resources/goldens/network.json: what PyTorch makes of small networks.

Run it from anywhere with a Python that has PyTorch (nothing else is needed):

    python src/test/python/goldens_network.py

The committed file was made with torch 2.15.0. Another version should give the same numbers to
nearly the digits that are written. Everything is computed in double precision from inputs and
weights that are exact in single precision, so that the numbers are right to more digits than an
engine in single precision can be asked for.

For each network: features `x` (with an `inputShape` where they are maps: channels, height, width), `labels`, row `weights` (absent: all 1), initial `parameters` named
and laid out as the engine does it (a weight is in x out, the transpose of PyTorch's), then
  logits      the last weighted inputs in scoring
  meanLoss    the weighted mean loss of a training pass
  gradients   of that loss
  statistics  running means and variances after one training pass
  paths       for each solver, without and with a penalty on weights (never on biases or scales):
              the loss before each of twenty steps on all rows, and the parameters after the last
"""

import json
import math
import pathlib
import re

import torch
from torch import nn

STEPS = 20
ROWS = 24
FEATURES = 4
OUTPUT = pathlib.Path(__file__).resolve().parents[1] / "resources" / "goldens" / "network.json"


class LecunTanh(nn.Module):
    def forward(self, z):
        return 1.7159 * torch.tanh(2 * z / 3)


class Exponential(nn.Module):
    def forward(self, z):
        return torch.exp(z)


ACTIVATIONS = {
    "identity": nn.Identity,
    "logistic": nn.Sigmoid,
    "tanh": nn.Tanh,
    "lecunTanh": LecunTanh,
    "relu": nn.ReLU,
    "leakyRelu": nn.LeakyReLU,
    "elu": nn.ELU,
    "selu": nn.SELU,
    "gelu": nn.GELU,
    "softplus": nn.Softplus,
    "softsign": nn.Softsign,
    "swish": nn.SiLU,
    "mish": nn.Mish,
    "hardSigmoid": nn.Hardsigmoid,
    "exponential": Exponential,
    "softmax": lambda: nn.Softmax(dim=1),
}

# Where a unit should stand for a row of another class and of its own, for squared error: where the
# output's second derivative is greatest.
SQRT_THIRD = math.sqrt(1 / 3)
TARGETS = {
    "lecunTanh": (-1, 1),
    "tanh": (-SQRT_THIRD, SQRT_THIRD),
    "logistic": ((1 - SQRT_THIRD) / 2, (1 + SQRT_THIRD) / 2),
}

NETWORKS = [
    # hidden layers, output activation, loss, classes, weighted rows
    ("", "softmax", "crossEntropy", 3, False),
    ("dense(5) tanh", "softmax", "crossEntropy", 3, False),
    ("dense(5) logistic dense(4) logistic", "softmax", "crossEntropy", 3, True),
    ("dense(6) relu dense(5) relu", "softmax", "crossEntropy", 4, False),
    ("dense(5) lecunTanh dense(4) gelu", "softmax", "crossEntropy", 3, False),
    ("dense(5) elu dense(4) selu dense(4) softplus", "softmax", "crossEntropy", 3, False),
    ("dense(5) leakyRelu dense(4) softsign dense(4) swish", "softmax", "crossEntropy", 3, True),
    ("dense(5) mish dense(4) hardSigmoid dense(4) identity", "softmax", "crossEntropy", 3, False),
    ("dense(5) softmax dense(4) exponential", "softmax", "crossEntropy", 3, False),
    ("dense(5) batchNorm relu", "softmax", "crossEntropy", 3, False),
    ("batchNorm dense(5) batchNorm tanh dense(4) batchNorm gelu", "softmax", "crossEntropy", 3, False),
    ("dense(4) tanh", "logistic", "crossEntropy", 2, False),
    ("dense(4) batchNorm tanh", "logistic", "crossEntropy", 2, False),
    ("dense(4) tanh", "logistic", "crossEntropy", 4, True),
    ("dense(4) lecunTanh", "lecunTanh", "squaredError", 3, False),
    ("dense(4) tanh", "tanh", "squaredError", 2, False),
    ("dense(4) logistic", "logistic", "squaredError", 3, True),
    ("dense(4) relu", "identity", "squaredError", 3, False),
    ("dense(4) swish", "softmax", "squaredError", 3, False),
    ("dense(4) tanh", "softmax", "crossEntropy(labelSmoothing=0.1)", 3, True),
    ("dense(4) tanh", "logistic", "crossEntropy(labelSmoothing=0.2)", 2, False),
    ("dense(4) tanh", "softmax", "focal", 3, True),
]

MAPS = [
    # input shape, hidden layers, weighted rows; three classes under softmax and cross-entropy
    ((1, 6, 6), "conv(3, 3x3) tanh avgPool(2x2) flatten dense(4) tanh", False),
    ((2, 5, 6), "conv(3, 2x3, stride=2x1, padding=1x2) gelu maxPool(2, padding=1) dense(4) tanh", True),
    ((2, 5, 4), "conv(3, 2x2) batchNorm tanh avgPool(2) dense(4) tanh", False),
    ((2, 4, 5), "depthwiseConv(3x2, padding=1) tanh conv(4, 1x1) swish globalAvgPool", False),
]

SOLVERS = {
    "sgd": lambda groups, step: torch.optim.SGD(groups, lr=step),
    "momentum(0.9)": lambda groups, step: torch.optim.SGD(groups, lr=step, momentum=0.9),
    "nesterov(0.9)": lambda groups, step: torch.optim.SGD(groups, lr=step, momentum=0.9, nesterov=True),
    "adagrad": lambda groups, step: torch.optim.Adagrad(groups, lr=step),
    "rmsprop": lambda groups, step: torch.optim.RMSprop(groups, lr=step, alpha=0.9),
    "adam": lambda groups, step: torch.optim.Adam(groups, lr=step),
    # The penalised group decays, and PyTorch's takes no other penalty.
    "adamW(decay=0.03)": lambda groups, step: torch.optim.AdamW(groups, lr=step),
    "rprop": lambda groups, step: torch.optim.Rprop([p for group in groups for p in group["params"]], lr=step),
}
STEP_SIZES = {
    "sgd": 0.1,
    "momentum(0.9)": 0.05,
    "nesterov(0.9)": 0.05,
    "adagrad": 0.05,
    "rmsprop": 0.01,
    "adam": 0.02,
    "adamW(decay=0.03)": 0.02,
    "rprop": 0.01,
}
PENALTY = 0.03
DECOUPLED = "adamW(decay=0.03)"
# PyTorch's Rprop takes no penalty at all.
PENALTIES = {DECOUPLED: (PENALTY,), "rprop": (0.0,)}


def single(tensor):
    """The nearest values that single precision has, in double precision."""
    return tensor.float().double()


def arguments(text):
    """Positional arguments and those by key: sizes become pairs, lone numbers stay numbers."""
    values, keyed = [], {}
    for part in filter(None, re.split(r",\s*", text)):
        key, _, value = part.rpartition("=")
        sizes = tuple(int(n) for n in value.split("x"))
        value = sizes if len(sizes) > 1 else sizes[0]
        if key:
            keyed[key] = value
        else:
            values.append(value)
    return values, keyed


def conv(shape, values, keyed):
    return nn.Conv2d(shape[0], values[0], values[1], **keyed)


def depthwise(shape, values, keyed):
    return nn.Conv2d(shape[0], shape[0], values[0], groups=shape[0], **keyed)


def global_average(shape, values, keyed):
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())


MODULES = {
    "conv": conv,
    "depthwiseConv": depthwise,
    "maxPool": lambda shape, values, keyed: nn.MaxPool2d(values[0], **keyed),
    "avgPool": lambda shape, values, keyed: nn.AvgPool2d(values[0], **keyed),
    "globalAvgPool": global_average,
    "batchNorm": lambda shape, values, keyed: (nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[0]),
}
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


class Network:
    """A network with its parameters under the engine's names."""

    def __init__(self, hidden, output_activation, loss, classes, shape=(FEATURES,)):
        self.loss_name = loss
        self.output_activation = output_activation
        self.classes = classes
        self.smoothing = float(loss.partition("=")[2].rstrip(")") or 0)
        single = loss.startswith("crossEntropy") and output_activation == "logistic" and classes == 2
        self.units = 1 if single else classes
        self.named = {}
        self.layers = []
        self.features = math.prod(shape)
        shape = tuple(shape)
        if len(shape) > 1:
            self.layers.append(nn.Unflatten(1, shape))
        count = {}
        for kind, argument in re.findall(r"(\w+)(?:\(([^)]*)\))?", hidden):
            count[kind] = count.get(kind, 0) + 1
            name = f"{kind}{count[kind]}"
            if kind in MODULES:
                self.add(name, MODULES[kind](shape, *arguments(argument)))
            elif kind in ("dense", "flatten"):
                self.flatten(shape)
                shape = (math.prod(shape),)
                if kind == "dense":
                    self.add(name, nn.Linear(shape[0], int(argument)))
            else:
                self.layers.append(ACTIVATIONS[kind]())
            shape = self.shape()
        self.flatten(shape)
        width = math.prod(shape)
        self.add("output", nn.Linear(width, self.units))
        self.model = nn.Sequential(*self.layers).double()

    def add(self, name, layer):
        self.layers.append(layer)
        self.named[name] = layer

    def flatten(self, shape):
        if len(shape) > 1:
            self.layers.append(nn.Flatten())

    def shape(self):
        """The shape of a row behind the layers that there are."""
        with torch.no_grad():
            model = nn.Sequential(*self.layers).double().eval()
            return tuple(model(torch.zeros(1, self.features, dtype=torch.float64)).shape[1:])

    def initialise(self, generator):
        with torch.no_grad():
            for layer in self.named.values():
                for name, parameter in list(layer.named_parameters()) + list(layer.named_buffers()):
                    if name == "num_batches_tracked":
                        continue
                    noise = torch.randn(parameter.shape, generator=generator, dtype=torch.float64)
                    if parameter.dim() >= 2:
                        parameter.copy_(single(noise / math.sqrt(math.prod(parameter.shape[1:]))))
                    elif isinstance(layer, NORMS) and name in ("weight", "running_var"):
                        parameter.copy_(single(1 + noise.abs() / 4))
                    else:
                        parameter.copy_(single(noise / 4))

    def loss(self, z, labels, weights):
        one_hot = nn.functional.one_hot(labels, self.classes).double()
        if self.loss_name == "squaredError":
            low, high = TARGETS.get(self.output_activation, (0, 1))
            a = ACTIVATIONS[self.output_activation]()(z)
            rows = 0.5 * ((a - (low + (high - low) * one_hot)) ** 2).sum(dim=1)
        elif self.loss_name == "focal":
            own = nn.functional.cross_entropy(z, labels, reduction="none")
            rows = (1 - torch.exp(-own)) ** 2 * own
        elif self.output_activation == "softmax":
            rows = nn.functional.cross_entropy(z, labels, reduction="none", label_smoothing=self.smoothing)
        else:
            target = labels.double().unsqueeze(1) if self.units == 1 else one_hot
            target = target * (1 - self.smoothing) + self.smoothing / 2
            rows = nn.functional.binary_cross_entropy_with_logits(z, target, reduction="none").sum(dim=1)
        return (weights * rows).sum() / weights.sum()

    def tensors(self):
        """What is learnt and what follows the data, by the engine's names, in its layout."""
        learnt, followed, slopes = {}, {}, {}
        for layer_name, layer in self.named.items():
            norm = isinstance(layer, NORMS)
            for name, parameter in layer.named_parameters():
                engine_name = layer_name + "." + ("scale" if norm and name == "weight" else name)
                learnt[engine_name] = parameter.t() if parameter.dim() == 2 else parameter
                if parameter.grad is not None:
                    slopes[engine_name] = parameter.grad.t() if parameter.dim() == 2 else parameter.grad
            if norm:
                followed[layer_name + ".runningMean"] = layer.running_mean
                followed[layer_name + ".runningVariance"] = layer.running_var
        return learnt, followed, slopes

    def groups(self, penalty):
        """Penalised are the weights, never biases and scales."""
        weights = [p for p in self.model.parameters() if p.dim() >= 2]
        others = [p for p in self.model.parameters() if p.dim() < 2]
        return [{"params": weights, "weight_decay": penalty}, {"params": others, "weight_decay": 0.0}]


def plain(tensor):
    """Nested lists of nine significant digits: enough to name a float exactly."""
    if tensor.dim() == 0:
        return float(f"{tensor.item():.9g}")
    return [plain(part) for part in tensor]


def flat(tensors):
    return {name: plain(tensor.detach().reshape(-1)) for name, tensor in tensors.items()}


def path(network, start, solver, penalty, x, labels, weights):
    network.model.load_state_dict(start)
    network.model.train()
    optimizer = SOLVERS[solver](network.groups(penalty), STEP_SIZES[solver])
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = network.loss(network.model(x), labels, weights)
        loss.backward()
        optimizer.step()
        losses.append(plain(loss.detach()))
    learnt, followed, _ = network.tensors()
    return {
        "solver": solver,
        "stepSize": STEP_SIZES[solver],
        "regParam": 0.0 if solver == DECOUPLED else penalty,
        "losses": losses,
        "parameters": flat({**learnt, **followed}),
    }


def golden(index, hidden, output_activation, loss_name, classes, weighted, shape=(FEATURES,)):
    generator = torch.Generator().manual_seed(1000 + index)
    network = Network(hidden, output_activation, loss_name, classes, shape)
    network.initialise(generator)
    x = single(torch.randn(ROWS, network.features, generator=generator, dtype=torch.float64))
    labels = torch.randint(classes, (ROWS,), generator=generator)
    weights = torch.ones(ROWS, dtype=torch.float64)
    if weighted:
        weights = single(0.25 + 2 * torch.rand(ROWS, generator=generator, dtype=torch.float64))

    learnt, followed, _ = network.tensors()
    result = {
        "network": hidden,
        "outputActivation": output_activation,
        "loss": loss_name,
        "classes": classes,
        "x": plain(x),
        "labels": labels.tolist(),
        "parameters": flat({**learnt, **followed}),
    }
    if len(shape) > 1:
        result["inputShape"] = "x".join(map(str, shape))
    if weighted:
        result["weights"] = plain(weights)
    start = {name: tensor.clone() for name, tensor in network.model.state_dict().items()}

    network.model.eval()
    result["logits"] = plain(network.model(x).detach())
    network.model.train()
    loss = network.loss(network.model(x), labels, weights)
    loss.backward()
    _, followed, slopes = network.tensors()
    result["meanLoss"] = plain(loss.detach())
    result["gradients"] = flat(slopes)
    result["statistics"] = flat(followed)
    result["paths"] = [
        path(network, start, solver, penalty, x, labels, weights)
        for solver in SOLVERS
        for penalty in PENALTIES.get(solver, (0.0, PENALTY))
    ]
    return result


def main():
    networks = [golden(index, *row) for index, row in enumerate(NETWORKS)]
    for shape, hidden, weighted in MAPS:
        row = (hidden, "softmax", "crossEntropy", 3, weighted, shape)
        networks.append(golden(len(networks), *row))
    # One network a line: small, and a change of one shows as one line.
    lines = ",\n".join(json.dumps(network, separators=(",", ":")) for network in networks)
    header = json.dumps(torch.__version__.split("+")[0])
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text('{"torch":' + header + ',"networks":[\n' + lines + "\n]}\n")


if __name__ == "__main__":
    main()
