"""The examples in docstrings are run."""

import doctest
import importlib
import pkgutil

import pytest
from pyspark.sql import SparkSession

import sparkprop

MODULES = ["sparkprop"] + [
    f"sparkprop.{module.name}" for module in pkgutil.iter_modules(sparkprop.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(spark: SparkSession, name: str) -> None:
    module = importlib.import_module(name)
    names = {**vars(module), "spark": spark, "sparkprop": sparkprop}
    outcome = doctest.testmod(module, globs=names, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.failed == 0


def test_every_stage_has_an_example() -> None:
    finder = doctest.DocTestFinder()
    for module in ["classification", "regression", "feature", "evaluation"]:
        found = importlib.import_module(f"sparkprop.{module}")
        for name in [n for n in vars(found) if n.endswith(("er", "or", "ing"))]:
            stage = getattr(found, name)
            if getattr(stage, "__module__", "") == found.__name__ and not name.startswith("_"):
                assert finder.find(stage)[0].examples, name
