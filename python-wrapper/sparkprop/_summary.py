"""How a model was trained, and how well it does."""

from __future__ import annotations

from typing import Any, TypeVar

from pyspark import SparkContext
from pyspark.ml.classification import _TrainingSummary
from pyspark.ml.common import _java2py
from pyspark.ml.util import HasTrainingSummary
from pyspark.sql import DataFrame, is_remote

from sparkprop._connect import RemoteCalls, out_of_reach
from sparkprop._plot import plot_course

S = TypeVar("S", bound="TrainingCourse")


class Summarized(HasTrainingSummary[S]):
    """A model that may know how it was trained; which class tells it, says ``_summaryCls``."""

    @property
    def summary(self) -> S:
        """How the model was trained.

        Raises
        ------
        RuntimeError
            If it was not, as a model that was converted; ``hasSummary`` tells.
        """
        summary: Any = super().summary
        # Before Spark 4.1 it is what Java gave.
        if not isinstance(summary, self._summaryCls):
            summary = self._summaryCls(summary)
        found: S = summary
        return found

    def _summary_dataset(self, train_dataset: DataFrame) -> DataFrame:
        return train_dataset


class TrainingCourse(RemoteCalls):
    """What every training summary tells of the course of training, which survives saving."""

    @property
    def validationHistory(self) -> list[float]:
        """Mean loss of the validation rows after each pass; empty if none validated."""
        return self._numbers("validationHistory")

    @property
    def bestIteration(self) -> int:
        """The pass with the lowest watched loss, from 1; 0 if no pass was made."""
        return int(self._call_java("bestIteration"))

    @property
    def stopReason(self) -> str:
        """Why training ended, as a clause: "maxIter passes were made"."""
        return str(self._call_java("stopReason"))

    @property
    def samplesPerSecond(self) -> float:
        """Training rows a second over all passes, validation not counted."""
        return float(self._call_java("samplesPerSecond"))

    @property
    def batchSize(self) -> int:
        """Rows of one update, over all partitions together: the number that was used."""
        return int(self._call_java("batchSize"))

    @property
    def numPartitions(self) -> int:
        """Partitions that trained: the number that was used."""
        return int(self._call_java("numPartitions"))

    @property
    def windows(self) -> int:
        """Windows that each partition's rows were cut into; 1 where they fitted memory."""
        return int(self._call_java("windows"))

    @property
    def windowRows(self) -> int:
        """Most rows of one partition's window; rows were permuted within it."""
        return int(self._call_java("windowRows"))

    @property
    def layerNames(self) -> list[str]:
        """Names of the layers that learn or activate, lowest first."""
        return [str(name) for name in self._call_java("layerNames")]

    @property
    def gradientNormHistory(self) -> list[list[float]]:
        """After each pass, for each of ``layerNames``: the 2-norm of the gradient.

        Of the mean loss of up to 256 training rows, by what the layer learns; NaN if that is
        nothing. Norms that fall by orders of magnitude towards the lowest layer are gradients that
        vanish.
        """
        return self._table("gradientNormHistory")

    @property
    def weightNormHistory(self) -> list[list[float]]:
        """Likewise the 2-norm of what the layer learns; NaN if that is nothing."""
        return self._table("weightNormHistory")

    @property
    def silentShareHistory(self) -> list[list[float]]:
        """Likewise, for activations, the share of units that are dead or saturated, 0 to 1."""
        return self._table("silentShareHistory")

    def plot(self, axes: Any = None) -> Any:
        """Draw objective and validation loss by pass, and the norms of the layers' gradients.

        Pass 0 is before training. It needs ``pip install sparkprop[plot]``. Over Spark Connect,
        where a client learns no more, the objective alone is drawn.

        Parameters
        ----------
        axes : matplotlib Axes or array of two, optional
            Where to draw: the losses alone, or losses and gradients. By default a new figure.

        Returns
        -------
        numpy.ndarray
            The axes, whose ``figure`` can be saved; showing it is left to the caller.
        """
        return plot_course(self, axes)

    def _numbers(self, name: str) -> list[float]:
        return [float(number) for number in self._call_java(name)]

    def _table(self, name: str) -> list[list[float]]:
        if is_remote():
            raise out_of_reach(name)
        # PySpark cannot unpickle arrays of arrays, but it can their rows.
        sc = SparkContext._active_spark_context
        assert sc is not None
        return [_java2py(sc, row) for row in getattr(self._java_obj, name)()]


class CourseSummary(TrainingCourse, _TrainingSummary):
    """The training summary of models that have no metrics of their own."""
