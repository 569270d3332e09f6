"""Evaluators."""

from __future__ import annotations

from pyspark.ml.evaluation import JavaEvaluator
from pyspark.sql import DataFrame

from sparkprop._connect import remedies
from sparkprop._params import MultiTargetRegressionEvaluatorConstructor
from sparkprop._stage import Persisted


class MultiTargetRegressionEvaluator(
    MultiTargetRegressionEvaluatorConstructor,
    JavaEvaluator,
    Persisted["MultiTargetRegressionEvaluator"],
):
    """How well vectors of predictions meet vectors of labels, averaged over the targets.

    Metrics are ``rmse`` (default), ``mse``, ``mae`` and ``r2``, weighted by ``weightCol`` if set.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.evaluation import MultiTargetRegressionEvaluator
    >>> rows = spark.createDataFrame(
    ...     [
    ...         (Vectors.dense(1, 2), Vectors.dense(2, 2)),
    ...         (Vectors.dense(3, 4), Vectors.dense(3, 4)),
    ...     ],
    ...     ["label", "prediction"],
    ... )
    >>> MultiTargetRegressionEvaluator(metricName="mae").evaluate(rows)
    0.25
    """

    def isLargerBetter(self) -> bool:
        """Tell whether a larger metric is a better one: of ``r2`` it is."""
        return self.getMetricName() == "r2"

    def _evaluate(self, dataset: DataFrame) -> float:
        with remedies():
            return super()._evaluate(dataset)
