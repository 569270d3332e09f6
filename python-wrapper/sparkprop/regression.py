"""Neural networks that predict numbers."""

from __future__ import annotations

from typing import Any

from pyspark.ml.classification import _TrainingSummary
from pyspark.ml.linalg import Vector
from pyspark.ml.regression import _JavaRegressionModel, _JavaRegressor
from pyspark.sql import DataFrame

from sparkprop._connect import RemoteCalls
from sparkprop._initial_model import WarmStart
from sparkprop._network_model import NetworkModel
from sparkprop._params import (
    MultiTargetNeuralNetworkRegressorConstructor,
    MultiTargetNeuralNetworkRegressorParams,
    NeuralNetworkRegressorConstructor,
    NeuralNetworkRegressorParams,
)
from sparkprop._stage import Persisted
from sparkprop._summary import CourseSummary, Summarized, TrainingCourse
from sparkprop._vectors import VectorLike, to_vector


class NeuralNetworkRegressor(
    NeuralNetworkRegressorConstructor,
    WarmStart["NeuralNetworkRegressionModel"],
    _JavaRegressor["NeuralNetworkRegressionModel"],
    Persisted["NeuralNetworkRegressor"],
):
    """Trains a neural network to predict a number.

    Unless told otherwise it trains on the standardized label, and predicts in the label's own unit.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.regression import NeuralNetworkRegressor
    >>> rows = spark.createDataFrame(
    ...     [(Vectors.dense(x / 10), 100.0 + 20 * x) for x in range(10)], ["features", "label"]
    ... )
    >>> model = NeuralNetworkRegressor(hiddenLayers=[], solver="l-bfgs").fit(rows)
    >>> round(model.predict([0.45]))
    190
    >>> model.summary.r2 > 0.99
    True
    """

    def _create_model(self, java_model: Any) -> NeuralNetworkRegressionModel:
        return NeuralNetworkRegressionModel(java_model)


class NeuralNetworkRegressionModel(
    NetworkModel,
    NeuralNetworkRegressorParams,
    _JavaRegressionModel[Vector],
    Persisted["NeuralNetworkRegressionModel"],
    Summarized["NeuralNetworkRegressionTrainingSummary"],
):
    """A trained regressor of one target."""

    def predict(self, value: VectorLike) -> float:
        """Return the number predicted for one row; NaN if a feature is NaN."""
        return float(super().predict(to_vector(value)))

    @property
    def _summaryCls(self) -> type:
        return NeuralNetworkRegressionTrainingSummary

    def evaluate(self, dataset: DataFrame) -> NeuralNetworkRegressionSummary:
        """Return the metrics of this model on other rows.

        Parameters
        ----------
        dataset : DataFrame
            With features, labels and, if ``weightCol`` is set, weights.
        """
        return NeuralNetworkRegressionSummary(self._call_java("evaluate", dataset))


class NeuralNetworkRegressionSummary(RemoteCalls):
    """The metrics of a regressor on some rows, under the names of Spark's linear regression."""

    @property
    def predictions(self) -> DataFrame:
        """The rows with the model's predictions."""
        rows: DataFrame = self._call_java("predictions")
        return rows

    @property
    def featuresCol(self) -> str:
        """Column of the features."""
        return str(self._call_java("featuresCol"))

    @property
    def predictionCol(self) -> str:
        """Column of the predictions."""
        return str(self._call_java("predictionCol"))

    @property
    def labelCol(self) -> str:
        """Column of the labels."""
        return str(self._call_java("labelCol"))

    @property
    def weightCol(self) -> str:
        """Column of the rows' weights, "" if there is none."""
        return str(self._call_java("weightCol"))

    @property
    def residuals(self) -> DataFrame:
        """One column: label minus prediction."""
        rows: DataFrame = self._call_java("residuals")
        return rows

    @property
    def explainedVariance(self) -> float:
        """Explained variance: weighted mean of (prediction - mean label)^2."""
        return float(self._call_java("explainedVariance"))

    @property
    def meanAbsoluteError(self) -> float:
        """Weighted mean of ``|label - prediction|``."""
        return float(self._call_java("meanAbsoluteError"))

    @property
    def meanSquaredError(self) -> float:
        """Weighted mean of ``(label - prediction)^2``."""
        return float(self._call_java("meanSquaredError"))

    @property
    def rootMeanSquaredError(self) -> float:
        """Its square root."""
        return float(self._call_java("rootMeanSquaredError"))

    @property
    def r2(self) -> float:
        """Coefficient of determination: 1 less the share of variance left unexplained."""
        return float(self._call_java("r2"))

    @property
    def numInstances(self) -> int:
        """Number of rows with predictions."""
        return int(self._call_java("numInstances"))


class NeuralNetworkRegressionTrainingSummary(
    NeuralNetworkRegressionSummary, _TrainingSummary, TrainingCourse
):
    """How a regressor was trained, and how well it does on the rows it was trained with."""


class MultiTargetNeuralNetworkRegressor(
    MultiTargetNeuralNetworkRegressorConstructor,
    WarmStart["MultiTargetNeuralNetworkRegressionModel"],
    Persisted["MultiTargetNeuralNetworkRegressor"],
):
    """Trains a neural network to predict several numbers at once, from and to a vector.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.regression import MultiTargetNeuralNetworkRegressor
    >>> rows = spark.createDataFrame(
    ...     [(Vectors.dense(x / 10), Vectors.dense(x, 2.0 - x)) for x in range(10)],
    ...     ["features", "label"],
    ... )
    >>> model = MultiTargetNeuralNetworkRegressor(hiddenLayers=[], solver="l-bfgs").fit(rows)
    >>> [round(float(value), 1) for value in model.predict([0.5])]
    [5.0, -3.0]
    >>> model.numTargets
    2
    """

    def _create_model(self, java_model: Any) -> MultiTargetNeuralNetworkRegressionModel:
        return MultiTargetNeuralNetworkRegressionModel(java_model)


class MultiTargetNeuralNetworkRegressionModel(
    NetworkModel,
    MultiTargetNeuralNetworkRegressorParams,
    Persisted["MultiTargetNeuralNetworkRegressionModel"],
    Summarized[CourseSummary],
):
    """A trained regressor of several targets."""

    def setFeaturesCol(self, value: str) -> MultiTargetNeuralNetworkRegressionModel:
        """Name the column of feature vectors."""
        return self._set(featuresCol=value)  # type: ignore[no-any-return]

    def setPredictionCol(self, value: str) -> MultiTargetNeuralNetworkRegressionModel:
        """Name the column of predicted vectors; "" for none."""
        return self._set(predictionCol=value)  # type: ignore[no-any-return]

    @property
    def numFeatures(self) -> int:
        """Length of the feature vectors."""
        return int(self._call_java("numFeatures"))

    @property
    def numTargets(self) -> int:
        """How many numbers are predicted."""
        return int(self._call_java("numTargets"))

    def predict(self, value: VectorLike) -> Vector:
        """Return the numbers predicted for one row; all NaN if a feature is NaN."""
        predicted: Vector = self._call_java("predict", to_vector(value))
        return predicted

    @property
    def _summaryCls(self) -> type:
        return CourseSummary
