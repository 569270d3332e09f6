"""What goes another way over Spark Connect, and what is said where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaWrapper
from pyspark.sql import DataFrame, is_remote

from sparkprop._errors import TrainingError
from sparkprop._jar import jar_or_name
from sparkprop._version import __version__

M = TypeVar("M", bound=JavaModel)
S = TypeVar("S")

CLASSIC = "save the model and load it in a classic session"
TRANSFORM = "use transform"
EVALUATOR = "use transform and an evaluator"

# Whatever is not here is to be had of a saved model.
INSTEAD = {
    **dict.fromkeys(["predict", "encode", "whiten", "predictions", "residuals"], TRANSFORM),
    **dict.fromkeys(
        [
            "evaluate",
            "binarySummary",
            "explainedVariance",
            "meanAbsoluteError",
            "meanSquaredError",
            "rootMeanSquaredError",
            "r2",
        ],
        EVALUATOR,
    ),
}


class RemoteCalls(JavaWrapper):
    """An object of ours on the server, of which only Spark's own members can be called."""

    def _call_java(self, name: str, *args: Any) -> Any:
        if not is_remote():
            return super()._call_java(name, *args)
        try:
            return super()._call_java(name, *args)
        except PySparkException as e:
            if e.getCondition() != "CONNECT_ML.ATTRIBUTE_NOT_ALLOWED":
                raise
        raise out_of_reach(name)


class RemoteModel(RemoteCalls, JavaModel):
    """A model, whose text can be had over Spark Connect, and with it what the text tells."""

    def _call_java(self, name: str, *args: Any) -> Any:
        if is_remote() and name != "toString" and not args:
            told = told_by(super()._call_java("toString"))
            if name in told:
                return told[name]
        return super()._call_java(name, *args)

    def _transform(self, dataset: DataFrame) -> DataFrame:
        if not is_remote():
            return super()._transform(dataset)
        return JavaModel._transform(sendable(self), dataset)


class RemoteEstimator(JavaEstimator[M]):
    """An estimator that says what a server lacks, and why training ended without a model."""

    def _fit(self, dataset: DataFrame) -> M:
        if not is_remote():
            try:
                return super()._fit(dataset)
            except Py4JJavaError as e:
                if not e.java_exception.getClass().getName().startswith("sparkprop."):
                    raise
                sentence = str(e.java_exception.getMessage())
            raise TrainingError(sentence)
        with remedies():
            model: M = JavaEstimator._fit(sendable(self), dataset)
            return model


def told_by(text: str) -> dict[str, Any]:
    """Return what a model's text tells: the network and all whole numbers.

    >>> told = told_by("AutoencoderModel: uid=a, network=dropout(0.5) dense(2), codeSize=2")
    >>> told["network"], told["codeSize"]
    ('dropout(0.5) dense(2)', 2)
    """
    found = re.search(r"(?:, network=(.*?))?((?:, \w+=\d+)+)$", text)
    if found is None:
        return {}
    numbers = re.findall(r"(\w+)=(\d+)", found[2])
    return {"network": found[1], **{name: int(number) for name, number in numbers}}


def sendable(stage: S) -> S:
    """Return the stage, or a copy that says in its network that there are no hidden layers.

    PySpark cannot send an empty list.
    """
    params: Any = stage
    if not params.hasParam("hiddenLayers"):
        return stage
    hidden = params.getParam("hiddenLayers")
    if not params.isSet(hidden) or params.getOrDefault(hidden):
        return stage
    sent = params.copy()
    del sent._paramMap[hidden]
    if not sent.getNetwork():
        sent._set(network="identity")
    return cast("S", sent)


def out_of_reach(name: str) -> RuntimeError:
    """Return the error that says what to do instead."""
    return RuntimeError(f"{name} is out of reach over Spark Connect: {INSTEAD.get(name, CLASSIC)}.")


@contextmanager
def remedies() -> Iterator[None]:
    """Say what to do about a server without the jar, or with one of another version."""
    try:
        yield
    except PySparkException as e:
        if not is_remote():
            raise
        said = str(e)
        ours = re.match(r"\(sparkprop\.[\w.]+\) (.*)", said)
        if ours:
            raise TrainingError(ours[1]) from None
        # Spark reads the results of tasks with the server's own class path, whatever jars a session
        # has: spark.addArtifacts(jar) is not enough.
        if (
            e.getCondition() == "CONNECT_ML.UNSUPPORTED_EXCEPTION" and " sparkprop." in said
        ) or "ClassNotFound with classloader" in said:
            remedy = (
                "The Spark Connect server has no Sparkprop jar on its class path: start it with"
                f" --jars {jar_or_name()}."
            )
        elif re.search(r"Param \S+ does not exist", said):
            remedy = (
                "The Spark Connect server's Sparkprop jar lacks a Param of this Python package,"
                f" version {__version__}: start the server with --jars {jar_or_name()}."
            )
        else:
            raise
        raise RuntimeError(remedy) from None
