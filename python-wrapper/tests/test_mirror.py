"""Python has what Java has: every stage, Param, default and member."""

import unittest
from typing import Any

import pytest
from mirror import JAVA_ONLY, members, public_names, python_class
from pyspark.ml.common import _java2py
from pyspark.ml.param import Params, shared
from pyspark.ml.wrapper import JavaModel
from pyspark.sql import DataFrame, SparkSession
from pyspark.testing.mlutils import check_params

from sparkprop.classification import NeuralNetworkClassifier
from sparkprop.evaluation import MultiTargetRegressionEvaluator
from sparkprop.feature import Autoencoder, Whitening
from sparkprop.regression import MultiTargetNeuralNetworkRegressor, NeuralNetworkRegressor

ESTIMATORS = [
    NeuralNetworkClassifier,
    NeuralNetworkRegressor,
    MultiTargetNeuralNetworkRegressor,
    Autoencoder,
    Whitening,
]
STAGES = [*ESTIMATORS, MultiTargetRegressionEvaluator]


class Check(unittest.TestCase):
    """What PySpark's check wants to be called with."""

    __test__ = False

    def __init__(self, spark: SparkSession) -> None:
        super().__init__()
        self.sc = spark.sparkContext


@pytest.fixture(scope="module")
def models(clouds: DataFrame, line: DataFrame) -> dict[str, Any]:
    """A model of every estimator."""
    small: Any = {"maxIter": 1, "hiddenLayers": [2]}
    found = [
        NeuralNetworkClassifier(**small).fit(clouds),
        NeuralNetworkRegressor(**small).fit(line),
        MultiTargetNeuralNetworkRegressor(labelCol="labels", **small).fit(line),
        Autoencoder(inputCol="features", **small).fit(line),
        Whitening(inputCol="features").fit(line),
    ]
    return {type(model).__name__: model for model in found}


def test_every_public_class_has_its_mirror(spark: SparkSession) -> None:
    names = public_names(spark)
    assert len(names) >= 14
    missing = [name for name in names if not _has(name)]
    assert missing == []


def _has(name: str) -> bool:
    try:
        python_class(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_member_has_its_mirror(spark: SparkSession) -> None:
    missing = [
        f"{name}.{member}"
        for name in public_names(spark)
        for member in sorted(members(spark, name) - JAVA_ONLY)
        if not hasattr(python_class(name), member)
    ]
    assert missing == []


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_params_of_stages(spark: SparkSession, stage: Any) -> None:
    check_params(Check(spark), stage())
    _defaults_are_javas(spark, stage())


def test_params_of_models(spark: SparkSession, models: dict[str, Any]) -> None:
    for model in models.values():
        check_params(Check(spark), model)
        _defaults_are_javas(spark, type(model)(), model._java_obj)


def _defaults_are_javas(spark: SparkSession, stage: Any, java: Any = None) -> None:
    """PySpark's check pushes Python's defaults into Java first: so ask a fresh Java object."""
    fresh = java
    if java is None:
        fresh = spark.sparkContext._jvm
        for part in f"{type(stage).__module__}.{type(stage).__name__}".split("."):
            fresh = getattr(fresh, part)
        fresh = fresh()
    asked = 0
    for param in stage.params:
        java_param = fresh.getParam(param.name)
        if not hasattr(shared, f"Has{param.name[0].upper()}{param.name[1:]}"):
            assert param.doc == java_param.doc(), param.name
        if fresh.hasDefault(java_param) and param.name != "outputCol":
            default = _java2py(spark.sparkContext, fresh.getDefault(java_param).get())
            assert stage.getOrDefault(param.name) == default, param.name
            asked += 1
    assert asked > 0


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_setters_and_getters(spark: SparkSession, stage: Any) -> None:
    made = stage()
    for param in made.params:
        capital = param.name[0].upper() + param.name[1:]
        if param.name == "thresholds":
            value: Any = [0.5, 0.25, 0.25]
        elif made.hasDefault(param):
            value = made.getOrDefault(param)
        else:
            value = "column"
        assert getattr(made, f"set{capital}")(value) is made
        assert made.isSet(param)
        assert getattr(made, f"get{capital}")() == value
        made.clear(param)


def test_models_are_made_by_no_more_than_their_name(models: dict[str, Any]) -> None:
    """So does PySpark's reader."""
    for model in models.values():
        assert isinstance(type(model)(), JavaModel)


def test_keywords_are_params(spark: SparkSession) -> None:
    for stage in STAGES:
        assert issubclass(stage, Params)
        with pytest.raises(TypeError, match="unexpected keyword argument 'layers'"):
            stage(layers=[4])
        stage_params = {param.name for param in stage().params}
        import inspect

        named = set(inspect.signature(stage.__init__).parameters) - {"self"}
        assert named == stage_params
