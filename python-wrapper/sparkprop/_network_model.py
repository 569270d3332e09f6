"""What all models with a network have in common."""

from __future__ import annotations

from typing import Any

from pyspark.ml.linalg import Vector
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.sql import is_remote

from sparkprop import _network_file
from sparkprop._connect import RemoteModel, out_of_reach
from sparkprop._html import Shown
from sparkprop._params import TrainingParams


class NetworkModel(Shown, RemoteModel, TrainingParams):
    """A model with a network, as Java's ``sparkprop.stage.NetworkModel``.

    The Param ``network``, the text that was set, is its attribute ``networkParam``, as in Java:
    ``network()`` is the text of the network itself.
    """

    networkParam: Param[str] = Param(
        Params._dummy(),
        "network",
        (
            "hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64)"
            " relu'; where it is empty, hiddenLayers and activation say what they are"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._setDefault(network="")

    # PySpark takes an attribute's name for its Param's name. Here alone they differ.

    def hasParam(self, paramName: str) -> bool:
        """Tell whether there is a Param of this name."""
        return paramName == "network" or super().hasParam(paramName)

    def getParam(self, paramName: str) -> Param[Any]:
        """Return the Param of this name."""
        return self.networkParam if paramName == "network" else super().getParam(paramName)

    def _set(self, **kwargs: Any) -> Any:
        return super()._set(**_by_attribute(kwargs))

    def _setDefault(self, **kwargs: Any) -> Any:
        return super()._setDefault(**_by_attribute(kwargs))

    def network(self) -> str:
        """Return the network as text, hidden layers and output layer, in its canonical form."""
        text: str = self._call_java("network")
        return text

    def weights(self) -> Vector:
        """Return all weights, one layer after the other, without running statistics."""
        weights: Vector = self._call_java("weights")
        return weights

    def numParameters(self) -> int:
        """Return how many numbers training has learnt."""
        number: int = self._call_java("numParameters")
        return number

    def to_torch(self) -> Any:
        """Return the network as a ``torch.nn.Sequential``, in evaluation mode.

        A classifier's module gives raw outputs, as ``predictRaw``; a regressor's gives values. It
        needs ``pip install sparkprop[torch]``, and a classic session.
        """
        from sparkprop import _torch

        if is_remote():
            raise out_of_reach("to_torch")
        _torch.torch_module()
        return _torch.to_module(*_network_file.read(self._java_obj))

    def describe(self) -> str:
        """Return a table of the layers: output shape and number of parameters of each."""
        table: str = self._call_java("describe")
        return table


def _by_attribute(values: dict[str, Any]) -> dict[str, Any]:
    return {"networkParam" if name == "network" else name: v for name, v in values.items()}
