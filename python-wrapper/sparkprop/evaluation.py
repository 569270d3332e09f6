"""Evaluators."""

from __future__ import annotations

from pyspark.ml.evaluation import JavaEvaluator

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
