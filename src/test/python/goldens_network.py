"""Writes src/test/resources/goldens/network.json: what PyTorch makes of small networks.

Run it from anywhere with a Python that has PyTorch (nothing else is needed):

    python src/test/python/goldens_network.py

The committed file was made with torch 2.15.0. Another version should give the same numbers to
nearly the digits that are written. Everything is computed in double precision from inputs and
weights that are exact in single precision, so that the numbers are right to more digits than an
engine in single precision can be asked for.

For each network: features `x` (with an `inputShape` where they are maps: channels, height, width;
or sequences: steps, features), `labels`, row `weights` (absent: all 1), initial `parameters` named
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

SEQUENCES = [
    # likewise; some rows are padded. PyTorch's own walks in single precision end where these do: those
    # of other networks and weights may not, where an adaptive solver divides by a gradient near 0.
    ((5, 2), "gru(3) gru(2, bidirectional=true) dense(3) tanh", False),
    ((4, 3), "lstm(3, bidirectional=true) last", True),
    ((5, 3), "rnn(4) last dense(3) tanh", False),
    ((6, 2), "lstm(3, truncate=2) rnn(2, truncate=4) last", False),
    ((5,), "embedding(7, 3) gru(3) last", False),
    ((5, 3), "timeDelay(3, 3) tanh timeDelay(3, 2) last", True),
    ((4, 5), "layerNorm rnn(3) last dense(6) layerNorm tanh", False),
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
        if value == "true":
            value = True
        else:
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


class Recurrent(nn.Module):
    """PyTorch's layer over rows padded with zeros. One of its two biases is held at 0, but for gru's new state."""

    kinds = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}

    def __init__(self, kind, shape, units, bidirectional=False, truncate=None):
        super().__init__()
        self.kind, self.units, self.truncate = kind, units, truncate
        self.cell = self.kinds[kind](shape[1], units, batch_first=True, bidirectional=bidirectional)
        self.suffixes = {"": "_l0", "reverse": "_l0_reverse"} if bidirectional else {"": "_l0"}
        self.held = 2 * units if kind == "gru" else None
        for suffix in self.suffixes.values():
            getattr(self.cell, "bias_hh" + suffix).register_hook(self.hold)

    def hold(self, gradient):
        gradient = gradient.clone()
        gradient[: self.held] = 0
        return gradient

    def settle(self):
        for suffix in self.suffixes.values():
            getattr(self.cell, "bias_hh" + suffix)[: self.held] = 0

    def forward(self, x):
        steps = x.shape[1]
        if self.truncate is None:
            packed = nn.utils.rnn.pack_padded_sequence(x, self.lengths, batch_first=True, enforce_sorted=False)
            return nn.utils.rnn.pad_packed_sequence(self.cell(packed)[0], batch_first=True, total_length=steps)[0]
        parts, state = [], None
        for start in range(0, steps, self.truncate):
            part, state = self.cell(x[:, start : start + self.truncate], state)
            state = tuple(s.detach() for s in state) if self.kind == "lstm" else state.detach()
            parts.append(part)
        return torch.cat(parts, dim=1) * within(self.lengths, steps)

    def pieces(self):
        for prefix, suffix in self.suffixes.items():
            for ours, theirs in (("inputWeight", "weight_ih"), ("recurrentWeight", "weight_hh")):
                yield prefixed(prefix, ours), getattr(self.cell, theirs + suffix), torch.t
            yield prefixed(prefix, "bias"), getattr(self.cell, "bias_ih" + suffix), lambda b: b
            if self.kind == "gru":
                new_state = getattr(self.cell, "bias_hh" + suffix)
                yield prefixed(prefix, "recurrentBias"), new_state, lambda b: b[self.held :]


def prefixed(prefix, name):
    return prefix + name[0].upper() + name[1:] if prefix else name


def within(lengths, steps):
    """1 for each step of a row, 0 for its padding."""
    return (torch.arange(steps).unsqueeze(0) < lengths.unsqueeze(1)).double().unsqueeze(2)


class Last(nn.Module):
    def forward(self, x):
        return x[torch.arange(len(x)), self.lengths - 1]


class Embedding(nn.Embedding):
    def __init__(self, vocabulary, width):
        super().__init__(vocabulary, width, padding_idx=0)

    def settle(self):
        self.weight[0] = 0

    def forward(self, x):
        return super().forward(x.long())

    def pieces(self):
        yield "weight", self.weight, lambda w: w


class TimeDelay(nn.Conv1d):
    """A convolution that looks back only: its last tap is the present step."""

    def forward(self, x):
        back = self.kernel_size[0] - 1
        z = super().forward(nn.functional.pad(x.transpose(1, 2), (back, 0))).transpose(1, 2)
        return z * within(self.lengths, x.shape[1])

    def pieces(self):
        yield "weight", self.weight, lambda w: w.flip(2).permute(2, 1, 0)
        yield "bias", self.bias, lambda b: b


class LayerNorm(nn.LayerNorm):
    def __init__(self, shape):
        super().__init__(shape[1:] if len(shape) == 2 else shape)
        self.sequences = len(shape) == 2

    def forward(self, x):
        y = super().forward(x)
        return y * within(self.lengths, x.shape[1]) if self.sequences else y


class Model(nn.Sequential):
    """Layers in a row, which are told how long each row of the input is."""

    def __init__(self, layers, steps):
        super().__init__(*layers)
        self.steps = steps

    def forward(self, x):
        real = (x.reshape(len(x), self.steps, -1) != 0).any(dim=2)
        lengths = (real * torch.arange(1, self.steps + 1)).amax(dim=1).clamp(min=1)
        for layer in self:
            layer.lengths = lengths
        return super().forward(x)


MODULES = {
    "rnn": lambda shape, values, keyed: Recurrent("rnn", shape, *values, **keyed),
    "lstm": lambda shape, values, keyed: Recurrent("lstm", shape, *values, **keyed),
    "gru": lambda shape, values, keyed: Recurrent("gru", shape, *values, **keyed),
    "last": lambda shape, values, keyed: Last(),
    "embedding": lambda shape, values, keyed: Embedding(*values),
    "timeDelay": lambda shape, values, keyed: TimeDelay(shape[1], *values),
    "layerNorm": lambda shape, values, keyed: LayerNorm(shape),
    "conv": conv,
    "depthwiseConv": depthwise,
    "maxPool": lambda shape, values, keyed: nn.MaxPool2d(values[0], **keyed),
    "avgPool": lambda shape, values, keyed: nn.AvgPool2d(values[0], **keyed),
    "globalAvgPool": global_average,
    "batchNorm": lambda shape, values, keyed: (nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[0]),
}
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, LayerNorm)


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
        self.steps = shape[0]
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
        self.model = Model(self.layers, self.steps).double()

    def add(self, name, layer):
        self.layers.append(layer)
        self.named[name] = layer

    def flatten(self, shape):
        if len(shape) > 1:
            self.layers.append(nn.Flatten())

    def shape(self):
        """The shape of a row behind the layers that there are."""
        with torch.no_grad():
            model = Model(self.layers, self.steps).double().eval()
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
                if hasattr(layer, "settle"):
                    layer.settle()

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
            for name, parameter, view in pieces(layer):
                learnt[layer_name + "." + name] = view(parameter)
                if parameter.grad is not None:
                    slopes[layer_name + "." + name] = view(parameter.grad)
            if hasattr(layer, "running_mean"):
                followed[layer_name + ".runningMean"] = layer.running_mean
                followed[layer_name + ".runningVariance"] = layer.running_var
        return learnt, followed, slopes

    def groups(self, penalty):
        """Penalised are the weights, never biases and scales."""
        weights = [p for p in self.model.parameters() if p.dim() >= 2]
        others = [p for p in self.model.parameters() if p.dim() < 2]
        return [{"params": weights, "weight_decay": penalty}, {"params": others, "weight_decay": 0.0}]


def pieces(layer):
    """A layer's parameters by the engine's names, each with what lays it out as the engine does."""
    if hasattr(layer, "pieces"):
        yield from layer.pieces()
        return
    for name, parameter in layer.named_parameters():
        scale = isinstance(layer, NORMS) and name == "weight"
        yield "scale" if scale else name, parameter, torch.t if parameter.dim() == 2 else lambda p: p


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
    if hidden.startswith("embedding"):
        x = torch.randint(1, 7, x.shape, generator=generator).double()
    if "last" in hidden:
        x[::3, network.features - network.features // network.steps :] = 0
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
    for shape, hidden, weighted in MAPS + SEQUENCES:
        row = (hidden, "softmax", "crossEntropy", 3, weighted, shape)
        networks.append(golden(len(networks), *row))
    # One network a line: small, and a change of one shows as one line.
    lines = ",\n".join(json.dumps(network, separators=(",", ":")) for network in networks)
    header = json.dumps(torch.__version__.split("+")[0])
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text('{"torch":' + header + ',"networks":[\n' + lines + "\n]}\n")


if __name__ == "__main__":
    main()
