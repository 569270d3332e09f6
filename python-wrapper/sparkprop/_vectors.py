"""Vectors as users have them: Spark's own, lists, tuples and NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray
from pyspark.ml.linalg import Vector, Vectors

VectorLike: TypeAlias = Union[Vector, Sequence[float], "NDArray[np.floating[Any]]"]


def to_vector(values: VectorLike) -> Vector:
    """Return Spark's vector of these numbers; one of Spark's stays what it is."""
    if isinstance(values, Vector):
        return values
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError(
            f"A vector has one dimension, but these numbers have {numbers.ndim}: pass one row."
        )
    return Vectors.dense(numbers)
