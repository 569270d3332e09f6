"""Models as notebooks and consoles show them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from pyspark.ml.wrapper import JavaModel

# What is shown of a model that has it, and by which name.
_OF_MODEL: dict[str, Callable[[Any], Any]] = {
    "network": lambda model: model.network(),
    "features": lambda model: model.numFeatures,
    "classes": lambda model: model.numClasses,
    "targets": lambda model: model.numTargets,
    "size of the code": lambda model: model.codeSize,
    "size": lambda model: model.size,
    "parameters": lambda model: model.numParameters(),
}
_OF_SUMMARY: dict[str, Callable[[Any], Any]] = {
    "passes": lambda summary: summary.totalIterations,
    "best pass": lambda summary: summary.bestIteration,
    "stopped because": lambda summary: summary.stopReason,
    "last objective": lambda summary: float(summary.objectiveHistory[-1]),
    "last validation loss": lambda summary: float(summary.validationHistory[-1]),
}


class Shown(JavaModel):
    """A model that says in a line, and in a notebook's table, what it is."""

    def __repr__(self) -> str:
        """Return one line, Java's; of a model without a Java object its name."""
        try:
            return str(super().__repr__())
        except Exception:
            return f"{type(self).__name__}: uid={self.uid}"

    def _repr_html_(self) -> str:
        """Return a table for notebooks, which leaves out what this model does not know."""
        facts = {"uid": self.uid, **_known(self, _OF_MODEL)}
        summary = _known(self, {"summary": lambda model: model.hasSummary and model.summary})
        if summary.get("summary"):
            facts.update(_known(summary["summary"], _OF_SUMMARY))
        rows = "".join(
            f'<tr><th style="text-align: left">{escape(name)}</th>'
            f'<td style="text-align: left">{escape(_text(value))}</td></tr>'
            for name, value in facts.items()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"


def _known(of: Any, questions: dict[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """Ask one question after the other: a notebook must show a model that answers none."""
    known = {}
    for name, ask in questions.items():
        try:
            known[name] = ask(of)
        except Exception:
            continue
    return known


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
