"""Networks to PyTorch and back."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyspark.ml.linalg import Vectors
from pyspark.sql import DataFrame

from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier
from sparkprop.regression import NeuralNetworkRegressor

torch = pytest.importorskip("torch", reason="torch is large: -Pfull installs it")

ACTIVATIONS = [
    "identity", "logistic", "tanh", "lecunTanh", "relu", "leakyRelu(0.2)", "elu(0.7)", "selu",
    "gelu", "softplus", "softsign", "swish", "mish", "hardSigmoid", "exponential", "softmax",
]  # fmt: skip
ROWS = np.random.default_rng(3).normal(size=(20, 4))


def tensor(rows: Any) -> Any:
    return torch.from_numpy(np.asarray(rows, dtype=np.float32))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_outputs_are_equal(clouds: DataFrame, activation: str) -> None:
    network = f"dense(5) batchNorm {activation} dropout(0.1) dense(4) tanh"
    model = NeuralNetworkClassifier(network=network, maxIter=2, stepSize=0.01).fit(clouds)
    found = model.to_torch()(tensor(ROWS)).detach().numpy()
    wanted = np.array([model.predictRaw(row).toArray() for row in ROWS])
    assert found == pytest.approx(wanted, abs=1e-5, rel=1e-5)


def test_two_classes_by_one_unit(clouds: DataFrame) -> None:
    two = clouds.where("label < 2")
    model = NeuralNetworkClassifier(outputActivation="logistic", maxIter=2).fit(two)
    found = model.to_torch()(tensor(ROWS)).detach().numpy()
    wanted = np.array([model.predictRaw(row).toArray() for row in ROWS])
    assert found == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("loss", ["squaredError", "poisson"])
def test_regressions_give_values(line: DataFrame, loss: str) -> None:
    model = NeuralNetworkRegressor(loss=loss, maxIter=3).fit(line)
    found = model.to_torch()(tensor(ROWS[:, :2])).detach().numpy()
    wanted = np.array([[model.predict(row[:2])] for row in ROWS])
    assert found == pytest.approx(wanted, rel=1e-5, abs=1e-5)


def test_a_module_becomes_a_model(clouds: DataFrame, tmp_path: Path) -> None:
    nn = torch.nn
    torch.manual_seed(1)
    module = nn.Sequential(
        nn.Linear(4, 6), nn.BatchNorm1d(6), nn.LeakyReLU(0.3), nn.Dropout(0.2),
        nn.Linear(6, 5, bias=False), nn.SiLU(), nn.Linear(5, 3),
    )  # fmt: skip
    module(tensor(ROWS))  # moves the running statistics
    model = NeuralNetworkClassificationModel.from_torch(module.eval())
    assert model.network() == (
        "dense(6) batchNorm leakyRelu(0.3) dropout(0.2) dense(5) swish dense(3)"
    ).removesuffix(" dense(3)")
    wanted = torch.softmax(module(tensor(ROWS)), dim=1).detach().numpy()
    found = np.array([model.predictProbability(row).toArray() for row in ROWS])
    assert found == pytest.approx(wanted, abs=1e-5)
    assert not model.hasSummary
    model.save(str(tmp_path / "model"))
    again = NeuralNetworkClassificationModel.load(str(tmp_path / "model"))
    assert again.predictRaw(Vectors.dense(ROWS[0])) == model.predictRaw(ROWS[0])
    assert again.transform(clouds).count() == clouds.count()
    trained = NeuralNetworkClassifier(network=model.network(), maxIter=1).setInitialModel(again)
    assert trained.fit(clouds).summary.totalIterations == 1


def test_errors_name_the_layer() -> None:
    nn = torch.nn
    with pytest.raises(ValueError, match=r"Layer Conv1d\(.* of PyTorch has no counterpart"):
        NeuralNetworkClassificationModel.from_torch(
            nn.Sequential(nn.Conv1d(1, 1, 3), nn.Linear(4, 2))
        )
    with pytest.raises(ValueError, match="GELU"):
        NeuralNetworkClassificationModel.from_torch(
            nn.Sequential(nn.Linear(4, 3), nn.GELU(approximate="tanh"), nn.Linear(3, 2))
        )
    with pytest.raises(ValueError, match=r"last layer must be a Linear .* Softmax"):
        NeuralNetworkClassificationModel.from_torch(
            nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=1))
        )
    with pytest.raises(ValueError, match="Sequential"):
        NeuralNetworkClassificationModel.from_torch(nn.Linear(4, 2))
