"""Neural networks that tell classes apart."""

from __future__ import annotations

from typing import Any

from pyspark.ml.classification import (
    MultilayerPerceptronClassificationModel,
    _BinaryClassificationSummary,
    _ClassificationSummary,
    _JavaProbabilisticClassificationModel,
    _JavaProbabilisticClassifier,
    _TrainingSummary,
)
from pyspark.ml.linalg import Vector
from pyspark.sql import DataFrame, is_remote

from sparkprop._initial_model import WarmStart
from sparkprop._jar import check_jar
from sparkprop._network_model import NetworkModel
from sparkprop._params import NeuralNetworkClassifierConstructor, NeuralNetworkClassifierParams
from sparkprop._stage import Persisted
from sparkprop._summary import Summarized, TrainingCourse
from sparkprop._vectors import VectorLike, to_vector


class NeuralNetworkClassifier(
    NeuralNetworkClassifierConstructor,
    WarmStart["NeuralNetworkClassificationModel"],
    _JavaProbabilisticClassifier["NeuralNetworkClassificationModel"],
    Persisted["NeuralNetworkClassifier"],
):
    """Trains a neural network to tell classes apart.

    The rows have a column of feature vectors, all of one size, and one of labels: whole numbers
    from 0, as ``StringIndexer`` makes them. What is wrong with rows, network or Params is said in
    one sentence before training begins.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.classification import NeuralNetworkClassifier
    >>> xor = spark.createDataFrame(
    ...     [
    ...         (Vectors.dense(0.0, 0.0), 0.0),
    ...         (Vectors.dense(0.0, 1.0), 1.0),
    ...         (Vectors.dense(1.0, 0.0), 1.0),
    ...         (Vectors.dense(1.0, 1.0), 0.0),
    ...     ],
    ...     ["features", "label"],
    ... )
    >>> classifier = NeuralNetworkClassifier(network="dense(8) tanh", solver="l-bfgs")
    >>> model = classifier.fit(xor)
    >>> model.predict([0.0, 1.0])
    1.0
    >>> model.network()
    'dense(8) tanh'
    >>> model.numParameters()
    42
    >>> model.summary.accuracy
    1.0
    """

    def _create_model(self, java_model: Any) -> NeuralNetworkClassificationModel:
        return NeuralNetworkClassificationModel(java_model)


class NeuralNetworkClassificationModel(
    NetworkModel,
    NeuralNetworkClassifierParams,
    _JavaProbabilisticClassificationModel[Vector],
    Persisted["NeuralNetworkClassificationModel"],
    Summarized["NeuralNetworkClassificationTrainingSummary"],
):
    """A trained classifier."""

    @classmethod
    def fromMLlib(
        cls, model: MultilayerPerceptronClassificationModel
    ) -> NeuralNetworkClassificationModel:
        """Convert a trained perceptron of MLlib's, with its columns and thresholds.

        Probabilities are the same to five digits: weights become float32.
        """
        if is_remote():
            raise RuntimeError(
                "fromMLlib works in a classic session only: over Spark Connect save the converted"
                " model from there, and load it here."
            )
        java = check_jar(f"{cls.__module__}.{cls.__name__}")
        return cls._from_java(java.fromMLlib(model._to_java()))

    @classmethod
    def from_torch(cls, module: Any) -> NeuralNetworkClassificationModel:
        """Convert a ``torch.nn.Sequential`` whose last ``Linear`` gives raw outputs of classes.

        It needs ``pip install sparkprop[torch]``, and a classic session.

        Raises
        ------
        ValueError
            Naming the layer that has no counterpart in Sparkprop.
        """
        from sparkprop import _network_file, _torch

        if is_remote():
            raise RuntimeError(
                "from_torch works in a classic session only: over Spark Connect save the model from"
                " there, and load it here."
            )
        network = _torch.from_module(module)
        java = check_jar(f"{cls.__module__}.{cls.__name__}")
        return cls._from_java(java.fromNetwork(_network_file.write(*network)))

    @property
    def classNames(self) -> list[str]:
        """Names of the classes by index, where the label's metadata had them; else empty."""
        return [str(name) for name in self._call_java("classNames")]

    def predict(self, value: VectorLike) -> float:
        """Return the class of one row; NaN if a feature is NaN."""
        return float(super().predict(to_vector(value)))

    def predictRaw(self, value: VectorLike) -> Vector:
        """Return the raw outputs for one row, one a class."""
        return super().predictRaw(to_vector(value))

    def predictProbability(self, value: VectorLike) -> Vector:
        """Return the probability of each class for one row."""
        return super().predictProbability(to_vector(value))

    @property
    def _summaryCls(self) -> type:
        return NeuralNetworkClassificationTrainingSummary

    def evaluate(self, dataset: DataFrame) -> _ClassificationSummary:
        """Return the metrics of this model on other rows.

        Parameters
        ----------
        dataset : DataFrame
            With features, labels and, if ``weightCol`` is set, weights.

        Returns
        -------
        ClassificationSummary
            Spark's own; for two classes with the ROC and precision-recall curves.
        """
        summary = self._call_java("evaluate", dataset)
        kind = _BinaryClassificationSummary if self.numClasses == 2 else _ClassificationSummary
        return kind(summary)


class NeuralNetworkClassificationTrainingSummary(
    _ClassificationSummary, _TrainingSummary, TrainingCourse
):
    """How a classifier was trained, and how well it does on the rows it was trained with."""

    @property
    def validationAccuracyHistory(self) -> list[float]:
        """Accuracy on the validation rows after each pass, 0 to 1; empty if none validated."""
        return self._numbers("validationAccuracyHistory")

    @property
    def binarySummary(self) -> _BinaryClassificationSummary:
        """The curves and areas of a classifier of two classes."""
        return _BinaryClassificationSummary(self._call_java("binarySummary"))
