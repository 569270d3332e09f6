"""How training went, drawn with matplotlib."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from pyspark.sql import is_remote

if TYPE_CHECKING:
    from sparkprop._summary import TrainingCourse


def plot_course(course: TrainingCourse, axes: Any = None) -> Any:
    """Draw the losses of a training run, and its gradients where there are any."""
    try:
        import matplotlib as mpl
        from matplotlib import pyplot
        from matplotlib.ticker import MaxNLocator
    except ImportError as e:
        raise ImportError("A plot needs matplotlib: pip install sparkprop[plot]") from e

    norms = {} if is_remote() else _norms(course)
    if axes is None:
        count = 2 if norms else 1
        size = (5.5 * count, 4)
        _, axes = pyplot.subplots(1, count, squeeze=False, figsize=size, layout="constrained")
    drawn = np.ravel(np.asarray(axes, dtype=object))
    if drawn.size == 0:
        raise ValueError("plot needs at least one of matplotlib's axes.")
    _losses(course, drawn[0])
    if drawn.size > 1 and norms:
        colors = mpl.colormaps["viridis"](np.linspace(0, 0.9, len(norms)))
        for (name, values), color in zip(norms.items(), colors, strict=True):
            passes = range(1, len(values) + 1)
            drawn[1].plot(passes, values, color=color, label=name, marker=_marker(values))
        drawn[1].set_yscale("log")
        drawn[1].set_ylabel("norm of the gradient")
        drawn[1].legend()
    for ax in drawn[:2]:
        ax.set_xlabel("pass")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return drawn


def _losses(course: TrainingCourse, ax: Any) -> None:
    objective = [float(value) for value in course._call_java("objectiveHistory")]
    ax.plot(range(len(objective)), objective, label="objective", marker=_marker(objective))
    if not is_remote():
        _validation(course, ax)
    ax.set_ylabel("loss")
    ax.legend()


def _validation(course: TrainingCourse, ax: Any) -> None:
    validation = course.validationHistory
    if validation:
        passes = range(1, len(validation) + 1)
        ax.plot(passes, validation, label="validation loss", marker=_marker(validation))
    best = course.bestIteration
    if best > 0:
        ax.axvline(best, color="gray", linestyle="--", label=f"best pass, {best}")


def _norms(course: TrainingCourse) -> dict[str, list[float]]:
    """Return the norms of the layers that learn; none that a logarithm cannot show."""
    history = course.gradientNormHistory
    found = {}
    for i, name in enumerate(course.layerNames):
        values = [row[i] if row[i] > 0 else math.nan for row in history]
        if any(math.isfinite(value) for value in values):
            found[name] = values
    return found


def _marker(values: list[float]) -> str | None:
    """Return points for what is too short to be a line."""
    return "o" if len(values) < 2 else None
