"""Stages that make other features of features."""

from __future__ import annotations

from typing import Any

from pyspark.ml.linalg import DenseMatrix, Vector
from pyspark.sql import DataFrame, is_remote

from sparkprop._connect import RemoteEstimator, RemoteModel, out_of_reach
from sparkprop._html import Shown
from sparkprop._initial_model import WarmStart
from sparkprop._network_model import NetworkModel
from sparkprop._params import (
    AutoencoderConstructor,
    AutoencoderParams,
    WhiteningConstructor,
    WhiteningParams,
)
from sparkprop._stage import Persisted
from sparkprop._summary import CourseSummary, Summarized
from sparkprop._vectors import VectorLike, to_vector


class Autoencoder(AutoencoderConstructor, WarmStart["AutoencoderModel"], Persisted["Autoencoder"]):
    """Trains a network to reproduce its input through a narrow layer: a non-linear PCA.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.feature import Autoencoder
    >>> rows = spark.createDataFrame(
    ...     [(Vectors.dense(x, -x, 2 * x),) for x in range(-5, 6)], ["features"]
    ... )
    >>> model = Autoencoder(
    ...     inputCol="features", outputCol="code", network="dense(1)", solver="l-bfgs"
    ... ).fit(rows)
    >>> model.codeSize
    1
    >>> [round(float(value), 1) for value in model.reconstruct([3.0, -3.0, 6.0])]
    [3.0, -3.0, 6.0]
    """

    def _create_model(self, java_model: Any) -> AutoencoderModel:
        return AutoencoderModel(java_model)


class AutoencoderModel(
    NetworkModel,
    AutoencoderParams,
    Persisted["AutoencoderModel"],
    Summarized[CourseSummary],
):
    """A trained autoencoder: ``transform`` adds the code of its narrowest layer."""

    def setInputCol(self, value: str) -> AutoencoderModel:
        """Name the column of vectors."""
        return self._set(inputCol=value)  # type: ignore[no-any-return]

    def setOutputCol(self, value: str) -> AutoencoderModel:
        """Name the column of codes."""
        return self._set(outputCol=value)  # type: ignore[no-any-return]

    @property
    def numFeatures(self) -> int:
        """Length of the vectors."""
        return int(self._call_java("numFeatures"))

    @property
    def codeSize(self) -> int:
        """Length of the codes."""
        return int(self._call_java("codeSize"))

    def encode(self, value: VectorLike) -> Vector:
        """Return the code of one vector."""
        code: Vector = self._call_java("encode", to_vector(value))
        return code

    def reconstruct(self, value: VectorLike | DataFrame, outputCol: str | None = None) -> Any:
        """Return what the whole network makes of a vector, or of each row of a DataFrame.

        Parameters
        ----------
        value : vector or DataFrame
            One vector, or rows with the column ``inputCol``.
        outputCol : str, optional
            For rows: name of the column that is added.

        Returns
        -------
        Vector or DataFrame
            Its distance from the input tells how unusual that is.
        """
        if is_remote():
            raise out_of_reach("reconstruct")
        if not isinstance(value, DataFrame):
            return self._call_java("reconstruct", to_vector(value))
        if outputCol is None:
            raise ValueError("Rows need an outputCol: the name of the column that is added.")
        self._transfer_params_to_java()
        return self._call_java("reconstruct", value, outputCol)

    @property
    def _summaryCls(self) -> type:
        return CourseSummary


class Whitening(WhiteningConstructor, RemoteEstimator["WhiteningModel"], Persisted["Whitening"]):
    """Makes vectors white: mean 0, variance 1, and no correlation between any two components.

    Examples
    --------
    >>> from pyspark.ml.linalg import Vectors
    >>> from sparkprop.feature import Whitening
    >>> rows = spark.createDataFrame(
    ...     [(Vectors.dense(x, x * x),) for x in [-2.0, -1.0, 1.0, 2.0]], ["features"]
    ... )
    >>> model = Whitening(inputCol="features", outputCol="white").fit(rows)
    >>> model.mean
    DenseVector([0.0, 2.5])
    """

    def _create_model(self, java_model: Any) -> WhiteningModel:
        return WhiteningModel(java_model)


class WhiteningModel(Shown, RemoteModel, WhiteningParams, Persisted["WhiteningModel"]):
    """What whitening has learnt: mean and principal directions."""

    def setInputCol(self, value: str) -> WhiteningModel:
        """Name the column of vectors."""
        return self._set(inputCol=value)

    def setOutputCol(self, value: str) -> WhiteningModel:
        """Name the column of white vectors."""
        return self._set(outputCol=value)

    @property
    def numFeatures(self) -> int:
        """Length of the vectors."""
        return int(self._call_java("numFeatures"))

    @property
    def size(self) -> int:
        """Length of the white vectors."""
        return int(self._call_java("size"))

    @property
    def mean(self) -> Vector:
        """Mean of the vectors."""
        mean: Vector = self._call_java("mean")
        return mean

    @property
    def variances(self) -> Vector:
        """Variance along each principal direction, the widest first."""
        variances: Vector = self._call_java("variances")
        return variances

    @property
    def matrix(self) -> DenseMatrix:
        """What centred vectors are multiplied by: size x numFeatures."""
        matrix: DenseMatrix = self._call_java("matrix")
        return matrix

    def whiten(self, value: VectorLike) -> Vector:
        """Return one vector made white."""
        white: Vector = self._call_java("whiten", to_vector(value))
        return white
