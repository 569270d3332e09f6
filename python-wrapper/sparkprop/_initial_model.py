"""Training that begins with the weights of a model."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pyspark.ml.param import Param
from pyspark.ml.wrapper import JavaModel
from pyspark.sql import is_remote

from sparkprop._connect import RemoteEstimator
from sparkprop._progress import ShowsProgress

M = TypeVar("M", bound=JavaModel)
E = TypeVar("E", bound="WarmStart[Any]")


class WarmStart(ShowsProgress[M], RemoteEstimator[M], Generic[M]):
    """An estimator that may begin with a model's weights, as Java's ``setInitialModel``."""

    _initial_model: JavaModel | None = None

    def setInitialModel(self: E, model: JavaModel) -> E:
        """Begin training with the weights of a model of the same network, with a fresh solver.

        It survives ``copy``, but is not saved; ``initialModelPath`` is the same for a saved model.

        Raises
        ------
        RuntimeError
            Over Spark Connect, where a model is out of reach of the estimator.
        """
        if is_remote():
            raise RuntimeError(
                "setInitialModel works in a classic session only: over Spark Connect save the model"
                " and set initialModelPath."
            )
        self._java_obj.setInitialModel(model._java_obj)  # type: ignore[union-attr]
        self._initial_model = model
        return self

    def copy(self: E, extra: dict[Param[Any], Any] | None = None) -> E:
        """Return a copy with the same initial model."""
        copied: E = super().copy(extra)
        if copied._java_obj is not self._java_obj and self._initial_model is not None:
            copied.setInitialModel(self._initial_model)
        return copied
