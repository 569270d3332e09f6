"""The Params of all stages, mirrored from Java's interfaces ``sparkprop.params``.

Written by ``generate.py`` from the Java stages, whose Params are the one table: change those, and
run it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union

from pyspark import keyword_only
from pyspark.ml.base import _PredictorParams
from pyspark.ml.classification import _ProbabilisticClassifierParams
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasFeaturesCol,
    HasInputCol,
    HasLabelCol,
    HasOutputCol,
    HasPredictionCol,
    HasWeightCol,
)
from pyspark.ml.wrapper import JavaParams

from sparkprop._jar import java_stage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyspark.ml.linalg import Vector

    Integers = Union[Sequence[int], NDArray[np.integer[Any]]]
    Numbers = Union[Sequence[float], NDArray[np.floating[Any]], Vector]

P = TypeVar("P", bound=Params)


class NetworkParams(Params):
    """What the network is: its hidden layers, its output, its loss and its first weights."""

    activation: Param[str] = Param(
        Params._dummy(),
        "activation",
        ("activation of the hidden layers that hiddenLayers gives"),
        typeConverter=TypeConverters.toString,
    )

    hiddenLayers: Param[list[int]] = Param(
        Params._dummy(),
        "hiddenLayers",
        (
            "widths of the hidden layers, each followed by the activation; none for a network "
            "without hidden layers"
        ),
        typeConverter=TypeConverters.toListInt,
    )

    initialModelPath: Param[str] = Param(
        Params._dummy(),
        "initialModelPath",
        (
            "saved model of the same network from whose weights training begins, with a fresh "
            "solver; empty is none"
        ),
        typeConverter=TypeConverters.toString,
    )

    inputShape: Param[str] = Param(
        Params._dummy(),
        "inputShape",
        (
            "what a row of features is to layers that ask, as text: channels x height x width for"
            " conv and pools, such as '1x28x28', or steps x features for sequences, such as "
            "'50x32'; empty is one vector"
        ),
        typeConverter=TypeConverters.toString,
    )

    outputActivation: Param[str] = Param(
        Params._dummy(),
        "outputActivation",
        ("activation of the output layer; 'auto' follows the loss"),
        typeConverter=TypeConverters.toString,
    )

    weightInit: Param[str] = Param(
        Params._dummy(),
        "weightInit",
        (
            "how weights are drawn before training: lecunUniform, lecunNormal, glorotUniform, "
            "glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation "
            "that each layer feeds"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            activation="relu",
            hiddenLayers=[64],
            initialModelPath="",
            inputShape="",
            outputActivation="auto",
            weightInit="auto",
        )

    def getActivation(self) -> str:
        """Return the value of ``activation``.

        Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        """
        value: str = self.getOrDefault(self.activation)
        return value

    def getHiddenLayers(self) -> list[int]:
        """Return the value of ``hiddenLayers``.

        Widths of the hidden layers, each followed by the activation; none for a network without
        hidden layers. Default [64].
        """
        value: list[int] = self.getOrDefault(self.hiddenLayers)
        return value

    def getInitialModelPath(self) -> str:
        """Return the value of ``initialModelPath``.

        Saved model of the same network from whose weights training begins, with a fresh solver;
        empty is none. Default ''.
        """
        value: str = self.getOrDefault(self.initialModelPath)
        return value

    def getInputShape(self) -> str:
        """Return the value of ``inputShape``.

        What a row of features is to layers that ask, as text: channels x height x width for conv
        and pools, such as '1x28x28', or steps x features for sequences, such as '50x32'; empty is
        one vector. Default ''.
        """
        value: str = self.getOrDefault(self.inputShape)
        return value

    def getOutputActivation(self) -> str:
        """Return the value of ``outputActivation``.

        Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        """
        value: str = self.getOrDefault(self.outputActivation)
        return value

    def getWeightInit(self) -> str:
        """Return the value of ``weightInit``.

        How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
        glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
        each layer feeds. Default 'auto'.
        """
        value: str = self.getOrDefault(self.weightInit)
        return value

    def getNetwork(self) -> str:
        """Return the value of ``network``.

        Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
        where it is empty, hiddenLayers and activation say what they are. Default ''.
        """
        value: str = self.getOrDefault("network")
        return value


class SolverParams(Params):
    """How one update is made: solver, step, mini-batch, penalty, and the seed of all randomness."""

    batchSize: Param[int] = Param(
        Params._dummy(),
        "batchSize",
        (
            "rows of one update, over all partitions together; 0 is automatic: the power of two "
            "nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs, "
            "levenbergMarquardt and naturalGradient take all"
        ),
        typeConverter=TypeConverters.toInt,
    )

    elasticNetParam: Param[float] = Param(
        Params._dummy(),
        "elasticNetParam",
        ("share of L1 in the penalty, from 0 (all L2) to 1 (all L1)"),
        typeConverter=TypeConverters.toFloat,
    )

    maxGradientNorm: Param[float] = Param(
        Params._dummy(),
        "maxGradientNorm",
        ("largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any"),
        typeConverter=TypeConverters.toFloat,
    )

    regParam: Param[float] = Param(
        Params._dummy(),
        "regParam",
        ("strength of the penalty on weights; biases and scales have none"),
        typeConverter=TypeConverters.toFloat,
    )

    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        ("seed of all randomness: first weights, validation rows, order of rows, dropout"),
        typeConverter=TypeConverters.toInt,
    )

    solver: Param[str] = Param(
        Params._dummy(),
        "solver",
        (
            "how weights follow their gradient: sgd, momentum(0.9), nesterov(0.9), "
            "adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, "
            "beta2=0.999, epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at "
            "once, rprop(0.5, 1.2, min=1e-6, max=50), l-bfgs(memory=10), "
            "levenbergMarquardt(damping=1e-3) and naturalGradient(damping=1e-3)"
        ),
        typeConverter=TypeConverters.toString,
    )

    stepSize: Param[float] = Param(
        Params._dummy(),
        "stepSize",
        (
            "learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for "
            "the others; l-bfgs, levenbergMarquardt and naturalGradient have none"
        ),
        typeConverter=TypeConverters.toFloat,
    )

    stepSizeSchedule: Param[str] = Param(
        Params._dummy(),
        "stepSizeSchedule",
        (
            "how the learning rate changes: constant, exponential(0.95), step(10, 0.1), "
            "cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in passes"
        ),
        typeConverter=TypeConverters.toString,
    )

    syncInterval: Param[int] = Param(
        Params._dummy(),
        "syncInterval",
        (
            "updates that each partition makes by itself, on the rows that it gives to each "
            "mini-batch, before weights and solver state are averaged; 1 sums gradients at every "
            "update"
        ),
        typeConverter=TypeConverters.toInt,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            batchSize=0,
            elasticNetParam=0.0,
            maxGradientNorm=0.0,
            regParam=0.0,
            solver="adam",
            stepSize=0.0,
            stepSizeSchedule="constant",
            syncInterval=1,
        )

    def getBatchSize(self) -> int:
        """Return the value of ``batchSize``.

        Rows of one update, over all partitions together; 0 is automatic: the power of two nearest
        to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt and
        naturalGradient take all. Default 0.
        """
        value: int = self.getOrDefault(self.batchSize)
        return value

    def getElasticNetParam(self) -> float:
        """Return the value of ``elasticNetParam``.

        Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        """
        value: float = self.getOrDefault(self.elasticNetParam)
        return value

    def getMaxGradientNorm(self) -> float:
        """Return the value of ``maxGradientNorm``.

        Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
        Default 0.0.
        """
        value: float = self.getOrDefault(self.maxGradientNorm)
        return value

    def getRegParam(self) -> float:
        """Return the value of ``regParam``.

        Strength of the penalty on weights; biases and scales have none. Default 0.0.
        """
        value: float = self.getOrDefault(self.regParam)
        return value

    def getSeed(self) -> int:
        """Return the value of ``seed``.

        Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
        Java's hash code of the estimator's class name.
        """
        value: int = self.getOrDefault(self.seed)
        return value

    def getSolver(self) -> str:
        """Return the value of ``solver``.

        How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
        adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
        epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5, 1.2,
        min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
        naturalGradient(damping=1e-3). Default 'adam'.
        """
        value: str = self.getOrDefault(self.solver)
        return value

    def getStepSize(self) -> float:
        """Return the value of ``stepSize``.

        Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
        others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        """
        value: float = self.getOrDefault(self.stepSize)
        return value

    def getStepSizeSchedule(self) -> str:
        """Return the value of ``stepSizeSchedule``.

        How the learning rate changes: constant, exponential(0.95), step(10, 0.1), cosine(warmup=2),
        oneCycle or plateau(factor=0.5, patience=3), counted in passes. Default 'constant'.
        """
        value: str = self.getOrDefault(self.stepSizeSchedule)
        return value

    def getSyncInterval(self) -> int:
        """Return the value of ``syncInterval``.

        Updates that each partition makes by itself, on the rows that it gives to each mini-batch,
        before weights and solver state are averaged; 1 sums gradients at every update. Default 1.
        """
        value: int = self.getOrDefault(self.syncInterval)
        return value


class StoppingParams(Params):
    """When training stops, and which rows watch it."""

    maxIter: Param[int] = Param(
        Params._dummy(),
        "maxIter",
        (
            "most passes over the training rows, for l-bfgs, levenbergMarquardt and "
            "naturalGradient most steps"
        ),
        typeConverter=TypeConverters.toInt,
    )

    patience: Param[int] = Param(
        Params._dummy(),
        "patience",
        (
            "training stops when so many passes running brought no progress; 0 never stops it "
            "early. Watched is the validation loss, without validation rows the training "
            "objective; 1 where unset for l-bfgs, levenbergMarquardt and naturalGradient"
        ),
        typeConverter=TypeConverters.toInt,
    )

    tol: Param[float] = Param(
        Params._dummy(),
        "tol",
        (
            "what counts as progress: a fall of the watched loss below its best by more than tol "
            "times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient"
        ),
        typeConverter=TypeConverters.toFloat,
    )

    validationFraction: Param[float] = Param(
        Params._dummy(),
        "validationFraction",
        ("share of the rows, drawn by seed, that validate instead of training"),
        typeConverter=TypeConverters.toFloat,
    )

    validationIndicatorCol: Param[str] = Param(
        Params._dummy(),
        "validationIndicatorCol",
        ("boolean column: rows with true validate, rows with false train"),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(maxIter=100, patience=5, tol=0.0001, validationFraction=0.0)

    def getMaxIter(self) -> int:
        """Return the value of ``maxIter``.

        Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient most
        steps. Default 100.
        """
        value: int = self.getOrDefault(self.maxIter)
        return value

    def getPatience(self) -> int:
        """Return the value of ``patience``.

        Training stops when so many passes running brought no progress; 0 never stops it early.
        Watched is the validation loss, without validation rows the training objective; 1 where
        unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        """
        value: int = self.getOrDefault(self.patience)
        return value

    def getTol(self) -> float:
        """Return the value of ``tol``.

        What counts as progress: a fall of the watched loss below its best by more than tol times
        that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient. Default
        0.0001.
        """
        value: float = self.getOrDefault(self.tol)
        return value

    def getValidationFraction(self) -> float:
        """Return the value of ``validationFraction``.

        Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        """
        value: float = self.getOrDefault(self.validationFraction)
        return value

    def getValidationIndicatorCol(self) -> str:
        """Return the value of ``validationIndicatorCol``.

        Boolean column: rows with true validate, rows with false train. Not set by default.
        """
        value: str = self.getOrDefault(self.validationIndicatorCol)
        return value


class DataParams(Params):
    """How rows are prepared and spread for training."""

    aggregationDepth: Param[int] = Param(
        Params._dummy(),
        "aggregationDepth",
        ("depth of the tree in which the partitions' gradients are summed"),
        typeConverter=TypeConverters.toInt,
    )

    maxBlockSizeInMB: Param[float] = Param(
        Params._dummy(),
        "maxBlockSizeInMB",
        ("most memory in MB for a block of rows; 0 is automatic"),
        typeConverter=TypeConverters.toFloat,
    )

    numPartitions: Param[int] = Param(
        Params._dummy(),
        "numPartitions",
        (
            "partitions that train together; 0 is automatic: those of the input, but no more than"
            " there are task slots"
        ),
        typeConverter=TypeConverters.toInt,
    )

    standardization: Param[bool] = Param(
        Params._dummy(),
        "standardization",
        (
            "whether to train on features scaled to deviation 1 and centred to mean 0; the model "
            "takes the features as they are"
        ),
        typeConverter=TypeConverters.toBoolean,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(
            aggregationDepth=2, maxBlockSizeInMB=0.0, numPartitions=0, standardization=False
        )

    def getAggregationDepth(self) -> int:
        """Return the value of ``aggregationDepth``.

        Depth of the tree in which the partitions' gradients are summed. Default 2.
        """
        value: int = self.getOrDefault(self.aggregationDepth)
        return value

    def getMaxBlockSizeInMB(self) -> float:
        """Return the value of ``maxBlockSizeInMB``.

        Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        """
        value: float = self.getOrDefault(self.maxBlockSizeInMB)
        return value

    def getNumPartitions(self) -> int:
        """Return the value of ``numPartitions``.

        Partitions that train together; 0 is automatic: those of the input, but no more than there
        are task slots. Default 0.
        """
        value: int = self.getOrDefault(self.numPartitions)
        return value

    def getStandardization(self) -> bool:
        """Return the value of ``standardization``.

        Whether to train on features scaled to deviation 1 and centred to mean 0; the model takes
        the features as they are. Default False.
        """
        value: bool = self.getOrDefault(self.standardization)
        return value


class CheckpointParams(Params):
    """Where training keeps how far it has come."""

    checkpointInterval: Param[int] = Param(
        Params._dummy(),
        "checkpointInterval",
        ("passes from one checkpoint to the next, at least 1; -1 is off"),
        typeConverter=TypeConverters.toInt,
    )

    checkpointPath: Param[str] = Param(
        Params._dummy(),
        "checkpointPath",
        (
            "folder on any Hadoop file system for checkpoints, from which a fit with the same "
            "Params and rows goes on if its driver dies; fits may share it; empty is none"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(checkpointInterval=-1, checkpointPath="")

    def getCheckpointInterval(self) -> int:
        """Return the value of ``checkpointInterval``.

        Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        """
        value: int = self.getOrDefault(self.checkpointInterval)
        return value

    def getCheckpointPath(self) -> str:
        """Return the value of ``checkpointPath``.

        Folder on any Hadoop file system for checkpoints, from which a fit with the same Params and
        rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        """
        value: str = self.getOrDefault(self.checkpointPath)
        return value


class TargetParams(Params):
    """What a regressor does with its target."""

    standardizeTarget: Param[bool] = Param(
        Params._dummy(),
        "standardizeTarget",
        (
            "whether to train on (label - mean) / standard deviation and answer in the label's "
            "own unit; for squaredError, absoluteError, huber and quantile with identity output, "
            "off for all else"
        ),
        typeConverter=TypeConverters.toBoolean,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(standardizeTarget=True)

    def getStandardizeTarget(self) -> bool:
        """Return the value of ``standardizeTarget``.

        Whether to train on (label - mean) / standard deviation and answer in the label's own unit;
        for squaredError, absoluteError, huber and quantile with identity output, off for all else.
        Default True.
        """
        value: bool = self.getOrDefault(self.standardizeTarget)
        return value


class PredictionColumns(HasFeaturesCol, HasLabelCol, HasPredictionCol, HasWeightCol):
    """The columns of a stage that predicts vectors."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(featuresCol="features", labelCol="label", predictionCol="prediction")


class CodeColumns(HasInputCol, HasOutputCol):
    """The columns of a stage that turns vectors into others."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(inputCol="features")


class WhiteningParams(CodeColumns):
    """What whitening does."""

    k: Param[int] = Param(
        Params._dummy(),
        "k",
        ("principal directions to keep, for pca; 0 keeps all"),
        typeConverter=TypeConverters.toInt,
    )

    method: Param[str] = Param(
        Params._dummy(),
        "method",
        (
            "pca: along the principal directions, the widest first; zca: as near to the input as "
            "a white vector can be"
        ),
        typeConverter=TypeConverters.toString,
    )

    tol: Param[float] = Param(
        Params._dummy(),
        "tol",
        (
            "share of the largest variance up to which a direction counts as constant and becomes"
            " 0, with a warning if rows differ along it; 0 keeps every direction along which they"
            " do"
        ),
        typeConverter=TypeConverters.toFloat,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(k=0, method="pca", tol=1e-09)

    def getK(self) -> int:
        """Return the value of ``k``.

        Principal directions to keep, for pca; 0 keeps all. Default 0.
        """
        value: int = self.getOrDefault(self.k)
        return value

    def getMethod(self) -> str:
        """Return the value of ``method``.

        Pca: along the principal directions, the widest first; zca: as near to the input as a white
        vector can be. Default 'pca'.
        """
        value: str = self.getOrDefault(self.method)
        return value

    def getTol(self) -> float:
        """Return the value of ``tol``.

        Share of the largest variance up to which a direction counts as constant and becomes 0, with
        a warning if rows differ along it; 0 keeps every direction along which they do. Default
        1e-09.
        """
        value: float = self.getOrDefault(self.tol)
        return value


class EvaluatedColumns(HasLabelCol, HasPredictionCol, HasWeightCol):
    """What an evaluator of vectors compares, and how."""

    metricName: Param[str] = Param(
        Params._dummy(),
        "metricName",
        ("metric to average: rmse, mse, mae or r2"),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(labelCol="label", metricName="rmse", predictionCol="prediction")

    def getMetricName(self) -> str:
        """Return the value of ``metricName``.

        Metric to average: rmse, mse, mae or r2. Default 'rmse'.
        """
        value: str = self.getOrDefault(self.metricName)
        return value


class TrainingParams(NetworkParams, SolverParams, StoppingParams, DataParams, CheckpointParams):
    """All Params that training shares: those of an estimator and of its model."""


class TrainingSetters(TrainingParams):
    """The setters of an estimator for ``TrainingParams``."""

    network: Param[str] = Param(
        Params._dummy(),
        "network",
        (
            "hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) "
            "relu'; where it is empty, hiddenLayers and activation say what they are"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(network="")

    def setActivation(self: P, value: str) -> P:
        """Set ``activation``.

        Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        """
        return self._set(activation=value)

    def setAggregationDepth(self: P, value: int) -> P:
        """Set ``aggregationDepth``.

        Depth of the tree in which the partitions' gradients are summed. Default 2.
        """
        return self._set(aggregationDepth=value)

    def setBatchSize(self: P, value: int) -> P:
        """Set ``batchSize``.

        Rows of one update, over all partitions together; 0 is automatic: the power of two nearest
        to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt and
        naturalGradient take all. Default 0.
        """
        return self._set(batchSize=value)

    def setCheckpointInterval(self: P, value: int) -> P:
        """Set ``checkpointInterval``.

        Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        """
        return self._set(checkpointInterval=value)

    def setCheckpointPath(self: P, value: str) -> P:
        """Set ``checkpointPath``.

        Folder on any Hadoop file system for checkpoints, from which a fit with the same Params and
        rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        """
        return self._set(checkpointPath=value)

    def setElasticNetParam(self: P, value: float) -> P:
        """Set ``elasticNetParam``.

        Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        """
        return self._set(elasticNetParam=value)

    def setHiddenLayers(self: P, value: Integers) -> P:
        """Set ``hiddenLayers``.

        Widths of the hidden layers, each followed by the activation; none for a network without
        hidden layers. Default [64].
        """
        return self._set(hiddenLayers=value)

    def setInitialModelPath(self: P, value: str) -> P:
        """Set ``initialModelPath``.

        Saved model of the same network from whose weights training begins, with a fresh solver;
        empty is none. Default ''.
        """
        return self._set(initialModelPath=value)

    def setInputShape(self: P, value: str) -> P:
        """Set ``inputShape``.

        What a row of features is to layers that ask, as text: channels x height x width for conv
        and pools, such as '1x28x28', or steps x features for sequences, such as '50x32'; empty is
        one vector. Default ''.
        """
        return self._set(inputShape=value)

    def setMaxBlockSizeInMB(self: P, value: float) -> P:
        """Set ``maxBlockSizeInMB``.

        Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        """
        return self._set(maxBlockSizeInMB=value)

    def setMaxGradientNorm(self: P, value: float) -> P:
        """Set ``maxGradientNorm``.

        Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
        Default 0.0.
        """
        return self._set(maxGradientNorm=value)

    def setMaxIter(self: P, value: int) -> P:
        """Set ``maxIter``.

        Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient most
        steps. Default 100.
        """
        return self._set(maxIter=value)

    def setNetwork(self: P, value: str) -> P:
        """Set ``network``.

        Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
        where it is empty, hiddenLayers and activation say what they are. Default ''.
        """
        return self._set(network=value)

    def setNumPartitions(self: P, value: int) -> P:
        """Set ``numPartitions``.

        Partitions that train together; 0 is automatic: those of the input, but no more than there
        are task slots. Default 0.
        """
        return self._set(numPartitions=value)

    def setOutputActivation(self: P, value: str) -> P:
        """Set ``outputActivation``.

        Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        """
        return self._set(outputActivation=value)

    def setPatience(self: P, value: int) -> P:
        """Set ``patience``.

        Training stops when so many passes running brought no progress; 0 never stops it early.
        Watched is the validation loss, without validation rows the training objective; 1 where
        unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        """
        return self._set(patience=value)

    def setRegParam(self: P, value: float) -> P:
        """Set ``regParam``.

        Strength of the penalty on weights; biases and scales have none. Default 0.0.
        """
        return self._set(regParam=value)

    def setSeed(self: P, value: int) -> P:
        """Set ``seed``.

        Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
        Java's hash code of the estimator's class name.
        """
        return self._set(seed=value)

    def setSolver(self: P, value: str) -> P:
        """Set ``solver``.

        How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
        adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
        epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5, 1.2,
        min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
        naturalGradient(damping=1e-3). Default 'adam'.
        """
        return self._set(solver=value)

    def setStandardization(self: P, value: bool) -> P:
        """Set ``standardization``.

        Whether to train on features scaled to deviation 1 and centred to mean 0; the model takes
        the features as they are. Default False.
        """
        return self._set(standardization=value)

    def setStepSize(self: P, value: float) -> P:
        """Set ``stepSize``.

        Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
        others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        """
        return self._set(stepSize=value)

    def setStepSizeSchedule(self: P, value: str) -> P:
        """Set ``stepSizeSchedule``.

        How the learning rate changes: constant, exponential(0.95), step(10, 0.1), cosine(warmup=2),
        oneCycle or plateau(factor=0.5, patience=3), counted in passes. Default 'constant'.
        """
        return self._set(stepSizeSchedule=value)

    def setSyncInterval(self: P, value: int) -> P:
        """Set ``syncInterval``.

        Updates that each partition makes by itself, on the rows that it gives to each mini-batch,
        before weights and solver state are averaged; 1 sums gradients at every update. Default 1.
        """
        return self._set(syncInterval=value)

    def setTol(self: P, value: float) -> P:
        """Set ``tol``.

        What counts as progress: a fall of the watched loss below its best by more than tol times
        that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient. Default
        0.0001.
        """
        return self._set(tol=value)

    def setValidationFraction(self: P, value: float) -> P:
        """Set ``validationFraction``.

        Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        """
        return self._set(validationFraction=value)

    def setValidationIndicatorCol(self: P, value: str) -> P:
        """Set ``validationIndicatorCol``.

        Boolean column: rows with true validate, rows with false train. Not set by default.
        """
        return self._set(validationIndicatorCol=value)

    def setWeightInit(self: P, value: str) -> P:
        """Set ``weightInit``.

        How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
        glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
        each layer feeds. Default 'auto'.
        """
        return self._set(weightInit=value)


class NeuralNetworkClassifierParams(TrainingParams, HasWeightCol, _ProbabilisticClassifierParams):
    """The Params that ``NeuralNetworkClassifier`` and its model share."""

    thresholds: Param[list[float]] = Param(
        Params._dummy(),
        "thresholds",
        (
            "Thresholds in multi-class classification to adjust the probability of predicting "
            "each class. Array must have length equal to the number of classes, with values > 0 "
            "excepting that at most one value may be 0. The class with largest value p/t is "
            "predicted, where p is the original probability of that class and t is the class's "
            "threshold"
        ),
        typeConverter=TypeConverters.toListFloat,
    )

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        (
            "what training makes small: crossEntropy, crossEntropy(labelSmoothing=0.1), focal(2),"
            " squaredError or squaredError(target=0.9)"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(loss="crossEntropy", seed=2025258678)

    def getLoss(self) -> str:
        """Return the value of ``loss``.

        What training makes small: crossEntropy, crossEntropy(labelSmoothing=0.1), focal(2),
        squaredError or squaredError(target=0.9). Default 'crossEntropy'.
        """
        value: str = self.getOrDefault(self.loss)
        return value


class NeuralNetworkClassifierConstructor(
    JavaParams, TrainingSetters, NeuralNetworkClassifierParams
):
    """The keyword constructor of ``NeuralNetworkClassifier``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "crossEntropy",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        rawPredictionCol: str = "rawPrediction",
        regParam: float = 0.0,
        seed: int = 2025258678,
        solver: str = "adam",
        standardization: bool = False,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        thresholds: Numbers | None = None,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        activation : str
            Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        aggregationDepth : int
            Depth of the tree in which the partitions' gradients are summed. Default 2.
        batchSize : int
            Rows of one update, over all partitions together; 0 is automatic: the power of two
            nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt
            and naturalGradient take all. Default 0.
        checkpointInterval : int
            Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        checkpointPath : str
            Folder on any Hadoop file system for checkpoints, from which a fit with the same Params
            and rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        elasticNetParam : float
            Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        featuresCol : str
            Features column name. Default 'features'.
        hiddenLayers : list[int]
            Widths of the hidden layers, each followed by the activation; none for a network without
            hidden layers. Default [64].
        initialModelPath : str
            Saved model of the same network from whose weights training begins, with a fresh solver;
            empty is none. Default ''.
        inputShape : str
            What a row of features is to layers that ask, as text: channels x height x width for
            conv and pools, such as '1x28x28', or steps x features for sequences, such as '50x32';
            empty is one vector. Default ''.
        labelCol : str
            Label column name. Default 'label'.
        loss : str
            What training makes small: crossEntropy, crossEntropy(labelSmoothing=0.1), focal(2),
            squaredError or squaredError(target=0.9). Default 'crossEntropy'.
        maxBlockSizeInMB : float
            Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        maxGradientNorm : float
            Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
            Default 0.0.
        maxIter : int
            Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient
            most steps. Default 100.
        network : str
            Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
            where it is empty, hiddenLayers and activation say what they are. Default ''.
        numPartitions : int
            Partitions that train together; 0 is automatic: those of the input, but no more than
            there are task slots. Default 0.
        outputActivation : str
            Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        patience : int
            Training stops when so many passes running brought no progress; 0 never stops it early.
            Watched is the validation loss, without validation rows the training objective; 1 where
            unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        predictionCol : str
            Prediction column name. Default 'prediction'.
        probabilityCol : str
            Column name for predicted class conditional probabilities. Note: Not all models output
            well-calibrated probability estimates! These probabilities should be treated as
            confidences, not precise probabilities. Default 'probability'.
        rawPredictionCol : str
            Raw prediction (a.k.a. confidence) column name. Default 'rawPrediction'.
        regParam : float
            Strength of the penalty on weights; biases and scales have none. Default 0.0.
        seed : int
            Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
            Java's hash code of the estimator's class name.
        solver : str
            How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
            adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
            epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5,
            1.2, min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
            naturalGradient(damping=1e-3). Default 'adam'.
        standardization : bool
            Whether to train on features scaled to deviation 1 and centred to mean 0; the model
            takes the features as they are. Default False.
        stepSize : float
            Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
            others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        stepSizeSchedule : str
            How the learning rate changes: constant, exponential(0.95), step(10, 0.1),
            cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in passes.
            Default 'constant'.
        syncInterval : int
            Updates that each partition makes by itself, on the rows that it gives to each
            mini-batch, before weights and solver state are averaged; 1 sums gradients at every
            update. Default 1.
        thresholds : list[float]
            Thresholds in multi-class classification to adjust the probability of predicting each
            class. Array must have length equal to the number of classes, with values > 0 excepting
            that at most one value may be 0. The class with largest value p/t is predicted, where p
            is the original probability of that class and t is the class's threshold. Not set by
            default.
        tol : float
            What counts as progress: a fall of the watched loss below its best by more than tol
            times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient.
            Default 0.0001.
        validationFraction : float
            Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        validationIndicatorCol : str
            Boolean column: rows with true validate, rows with false train. Not set by default.
        weightCol : str
            Weight column name. If this is not set or empty, we treat all instance weights as 1.0.
            Not set by default.
        weightInit : str
            How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
            glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
            each layer feeds. Default 'auto'.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.classification.NeuralNetworkClassifier")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "crossEntropy",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        rawPredictionCol: str = "rawPrediction",
        regParam: float = 0.0,
        seed: int = 2025258678,
        solver: str = "adam",
        standardization: bool = False,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        thresholds: Numbers | None = None,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setLoss(self: P, value: str) -> P:
        """Set ``loss``.

        What training makes small: crossEntropy, crossEntropy(labelSmoothing=0.1), focal(2),
        squaredError or squaredError(target=0.9). Default 'crossEntropy'.
        """
        return self._set(loss=value)

    def setThresholds(self: P, value: Numbers) -> P:
        """Set ``thresholds``.

        Thresholds in multi-class classification to adjust the probability of predicting each class.
        Array must have length equal to the number of classes, with values > 0 excepting that at
        most one value may be 0. The class with largest value p/t is predicted, where p is the
        original probability of that class and t is the class's threshold. Not set by default.
        """
        return self._set(thresholds=value)

    def setWeightCol(self: P, value: str) -> P:
        """Set ``weightCol``.

        Weight column name. If this is not set or empty, we treat all instance weights as 1.0. Not
        set by default.
        """
        return self._set(weightCol=value)


class NeuralNetworkRegressorParams(TrainingParams, TargetParams, HasWeightCol, _PredictorParams):
    """The Params that ``NeuralNetworkRegressor`` and its model share."""

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        (
            "what training makes small: squaredError, absoluteError, huber(1.0), poisson or "
            "quantile(0.5)"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(loss="squaredError", seed=111043994)

    def getLoss(self) -> str:
        """Return the value of ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        value: str = self.getOrDefault(self.loss)
        return value


class NeuralNetworkRegressorConstructor(JavaParams, TrainingSetters, NeuralNetworkRegressorParams):
    """The keyword constructor of ``NeuralNetworkRegressor``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        regParam: float = 0.0,
        seed: int = 111043994,
        solver: str = "adam",
        standardization: bool = False,
        standardizeTarget: bool = True,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        activation : str
            Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        aggregationDepth : int
            Depth of the tree in which the partitions' gradients are summed. Default 2.
        batchSize : int
            Rows of one update, over all partitions together; 0 is automatic: the power of two
            nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt
            and naturalGradient take all. Default 0.
        checkpointInterval : int
            Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        checkpointPath : str
            Folder on any Hadoop file system for checkpoints, from which a fit with the same Params
            and rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        elasticNetParam : float
            Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        featuresCol : str
            Features column name. Default 'features'.
        hiddenLayers : list[int]
            Widths of the hidden layers, each followed by the activation; none for a network without
            hidden layers. Default [64].
        initialModelPath : str
            Saved model of the same network from whose weights training begins, with a fresh solver;
            empty is none. Default ''.
        inputShape : str
            What a row of features is to layers that ask, as text: channels x height x width for
            conv and pools, such as '1x28x28', or steps x features for sequences, such as '50x32';
            empty is one vector. Default ''.
        labelCol : str
            Label column name. Default 'label'.
        loss : str
            What training makes small: squaredError, absoluteError, huber(1.0), poisson or
            quantile(0.5). Default 'squaredError'.
        maxBlockSizeInMB : float
            Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        maxGradientNorm : float
            Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
            Default 0.0.
        maxIter : int
            Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient
            most steps. Default 100.
        network : str
            Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
            where it is empty, hiddenLayers and activation say what they are. Default ''.
        numPartitions : int
            Partitions that train together; 0 is automatic: those of the input, but no more than
            there are task slots. Default 0.
        outputActivation : str
            Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        patience : int
            Training stops when so many passes running brought no progress; 0 never stops it early.
            Watched is the validation loss, without validation rows the training objective; 1 where
            unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        predictionCol : str
            Prediction column name. Default 'prediction'.
        regParam : float
            Strength of the penalty on weights; biases and scales have none. Default 0.0.
        seed : int
            Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
            Java's hash code of the estimator's class name.
        solver : str
            How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
            adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
            epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5,
            1.2, min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
            naturalGradient(damping=1e-3). Default 'adam'.
        standardization : bool
            Whether to train on features scaled to deviation 1 and centred to mean 0; the model
            takes the features as they are. Default False.
        standardizeTarget : bool
            Whether to train on (label - mean) / standard deviation and answer in the label's own
            unit; for squaredError, absoluteError, huber and quantile with identity output, off for
            all else. Default True.
        stepSize : float
            Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
            others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        stepSizeSchedule : str
            How the learning rate changes: constant, exponential(0.95), step(10, 0.1),
            cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in passes.
            Default 'constant'.
        syncInterval : int
            Updates that each partition makes by itself, on the rows that it gives to each
            mini-batch, before weights and solver state are averaged; 1 sums gradients at every
            update. Default 1.
        tol : float
            What counts as progress: a fall of the watched loss below its best by more than tol
            times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient.
            Default 0.0001.
        validationFraction : float
            Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        validationIndicatorCol : str
            Boolean column: rows with true validate, rows with false train. Not set by default.
        weightCol : str
            Weight column name. If this is not set or empty, we treat all instance weights as 1.0.
            Not set by default.
        weightInit : str
            How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
            glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
            each layer feeds. Default 'auto'.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.regression.NeuralNetworkRegressor")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        regParam: float = 0.0,
        seed: int = 111043994,
        solver: str = "adam",
        standardization: bool = False,
        standardizeTarget: bool = True,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setLoss(self: P, value: str) -> P:
        """Set ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        return self._set(loss=value)

    def setStandardizeTarget(self: P, value: bool) -> P:
        """Set ``standardizeTarget``.

        Whether to train on (label - mean) / standard deviation and answer in the label's own unit;
        for squaredError, absoluteError, huber and quantile with identity output, off for all else.
        Default True.
        """
        return self._set(standardizeTarget=value)

    def setWeightCol(self: P, value: str) -> P:
        """Set ``weightCol``.

        Weight column name. If this is not set or empty, we treat all instance weights as 1.0. Not
        set by default.
        """
        return self._set(weightCol=value)


class MultiTargetNeuralNetworkRegressorParams(TrainingParams, TargetParams, PredictionColumns):
    """The Params that ``MultiTargetNeuralNetworkRegressor`` and its model share."""

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        (
            "what training makes small: squaredError, absoluteError, huber(1.0), poisson or "
            "quantile(0.5)"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(loss="squaredError", seed=-881899130)

    def getLoss(self) -> str:
        """Return the value of ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        value: str = self.getOrDefault(self.loss)
        return value


class MultiTargetNeuralNetworkRegressorConstructor(
    JavaParams, TrainingSetters, MultiTargetNeuralNetworkRegressorParams
):
    """The keyword constructor of ``MultiTargetNeuralNetworkRegressor``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        regParam: float = 0.0,
        seed: int = -881899130,
        solver: str = "adam",
        standardization: bool = False,
        standardizeTarget: bool = True,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        activation : str
            Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        aggregationDepth : int
            Depth of the tree in which the partitions' gradients are summed. Default 2.
        batchSize : int
            Rows of one update, over all partitions together; 0 is automatic: the power of two
            nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt
            and naturalGradient take all. Default 0.
        checkpointInterval : int
            Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        checkpointPath : str
            Folder on any Hadoop file system for checkpoints, from which a fit with the same Params
            and rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        elasticNetParam : float
            Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        featuresCol : str
            Column of feature vectors. Default 'features'.
        hiddenLayers : list[int]
            Widths of the hidden layers, each followed by the activation; none for a network without
            hidden layers. Default [64].
        initialModelPath : str
            Saved model of the same network from whose weights training begins, with a fresh solver;
            empty is none. Default ''.
        inputShape : str
            What a row of features is to layers that ask, as text: channels x height x width for
            conv and pools, such as '1x28x28', or steps x features for sequences, such as '50x32';
            empty is one vector. Default ''.
        labelCol : str
            Column of label vectors, all of one size. Default 'label'.
        loss : str
            What training makes small: squaredError, absoluteError, huber(1.0), poisson or
            quantile(0.5). Default 'squaredError'.
        maxBlockSizeInMB : float
            Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        maxGradientNorm : float
            Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
            Default 0.0.
        maxIter : int
            Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient
            most steps. Default 100.
        network : str
            Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
            where it is empty, hiddenLayers and activation say what they are. Default ''.
        numPartitions : int
            Partitions that train together; 0 is automatic: those of the input, but no more than
            there are task slots. Default 0.
        outputActivation : str
            Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        patience : int
            Training stops when so many passes running brought no progress; 0 never stops it early.
            Watched is the validation loss, without validation rows the training objective; 1 where
            unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        predictionCol : str
            Column of predicted vectors; none if empty. Default 'prediction'.
        regParam : float
            Strength of the penalty on weights; biases and scales have none. Default 0.0.
        seed : int
            Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
            Java's hash code of the estimator's class name.
        solver : str
            How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
            adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
            epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5,
            1.2, min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
            naturalGradient(damping=1e-3). Default 'adam'.
        standardization : bool
            Whether to train on features scaled to deviation 1 and centred to mean 0; the model
            takes the features as they are. Default False.
        standardizeTarget : bool
            Whether to train on (label - mean) / standard deviation and answer in the label's own
            unit; for squaredError, absoluteError, huber and quantile with identity output, off for
            all else. Default True.
        stepSize : float
            Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
            others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        stepSizeSchedule : str
            How the learning rate changes: constant, exponential(0.95), step(10, 0.1),
            cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in passes.
            Default 'constant'.
        syncInterval : int
            Updates that each partition makes by itself, on the rows that it gives to each
            mini-batch, before weights and solver state are averaged; 1 sums gradients at every
            update. Default 1.
        tol : float
            What counts as progress: a fall of the watched loss below its best by more than tol
            times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient.
            Default 0.0001.
        validationFraction : float
            Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        validationIndicatorCol : str
            Boolean column: rows with true validate, rows with false train. Not set by default.
        weightCol : str
            Column of the rows' weights, at least 0; all rows weigh 1 if unset. Not set by default.
        weightInit : str
            How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
            glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
            each layer feeds. Default 'auto'.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.regression.MultiTargetNeuralNetworkRegressor")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        featuresCol: str = "features",
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputShape: str = "",
        labelCol: str = "label",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        patience: int = 5,
        predictionCol: str = "prediction",
        regParam: float = 0.0,
        seed: int = -881899130,
        solver: str = "adam",
        standardization: bool = False,
        standardizeTarget: bool = True,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightCol: str | None = None,
        weightInit: str = "auto",
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setFeaturesCol(self: P, value: str) -> P:
        """Set ``featuresCol``.

        Column of feature vectors. Default 'features'.
        """
        return self._set(featuresCol=value)

    def setLabelCol(self: P, value: str) -> P:
        """Set ``labelCol``.

        Column of label vectors, all of one size. Default 'label'.
        """
        return self._set(labelCol=value)

    def setLoss(self: P, value: str) -> P:
        """Set ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        return self._set(loss=value)

    def setPredictionCol(self: P, value: str) -> P:
        """Set ``predictionCol``.

        Column of predicted vectors; none if empty. Default 'prediction'.
        """
        return self._set(predictionCol=value)

    def setStandardizeTarget(self: P, value: bool) -> P:
        """Set ``standardizeTarget``.

        Whether to train on (label - mean) / standard deviation and answer in the label's own unit;
        for squaredError, absoluteError, huber and quantile with identity output, off for all else.
        Default True.
        """
        return self._set(standardizeTarget=value)

    def setWeightCol(self: P, value: str) -> P:
        """Set ``weightCol``.

        Column of the rows' weights, at least 0; all rows weigh 1 if unset. Not set by default.
        """
        return self._set(weightCol=value)


class AutoencoderParams(TrainingParams, CodeColumns):
    """The Params that ``Autoencoder`` and its model share."""

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        (
            "what training makes small: squaredError, absoluteError, huber(1.0), poisson or "
            "quantile(0.5)"
        ),
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(loss="squaredError", seed=718131783)

    def getLoss(self) -> str:
        """Return the value of ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        value: str = self.getOrDefault(self.loss)
        return value


class AutoencoderConstructor(JavaParams, TrainingSetters, AutoencoderParams):
    """The keyword constructor of ``Autoencoder``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputCol: str = "features",
        inputShape: str = "",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        outputCol: str | None = None,
        patience: int = 5,
        regParam: float = 0.0,
        seed: int = 718131783,
        solver: str = "adam",
        standardization: bool = False,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightInit: str = "auto",
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        activation : str
            Activation of the hidden layers that hiddenLayers gives. Default 'relu'.
        aggregationDepth : int
            Depth of the tree in which the partitions' gradients are summed. Default 2.
        batchSize : int
            Rows of one update, over all partitions together; 0 is automatic: the power of two
            nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs, levenbergMarquardt
            and naturalGradient take all. Default 0.
        checkpointInterval : int
            Passes from one checkpoint to the next, at least 1; -1 is off. Default -1.
        checkpointPath : str
            Folder on any Hadoop file system for checkpoints, from which a fit with the same Params
            and rows goes on if its driver dies; fits may share it; empty is none. Default ''.
        elasticNetParam : float
            Share of L1 in the penalty, from 0 (all L2) to 1 (all L1). Default 0.0.
        hiddenLayers : list[int]
            Widths of the hidden layers, each followed by the activation; none for a network without
            hidden layers. Default [64].
        initialModelPath : str
            Saved model of the same network from whose weights training begins, with a fresh solver;
            empty is none. Default ''.
        inputCol : str
            Column of vectors, all of one size. Default 'features'.
        inputShape : str
            What a row of features is to layers that ask, as text: channels x height x width for
            conv and pools, such as '1x28x28', or steps x features for sequences, such as '50x32';
            empty is one vector. Default ''.
        loss : str
            What training makes small: squaredError, absoluteError, huber(1.0), poisson or
            quantile(0.5). Default 'squaredError'.
        maxBlockSizeInMB : float
            Most memory in MB for a block of rows; 0 is automatic. Default 0.0.
        maxGradientNorm : float
            Largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is any.
            Default 0.0.
        maxIter : int
            Most passes over the training rows, for l-bfgs, levenbergMarquardt and naturalGradient
            most steps. Default 100.
        network : str
            Hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64) relu';
            where it is empty, hiddenLayers and activation say what they are. Default ''.
        numPartitions : int
            Partitions that train together; 0 is automatic: those of the input, but no more than
            there are task slots. Default 0.
        outputActivation : str
            Activation of the output layer; 'auto' follows the loss. Default 'auto'.
        outputCol : str
            Column of the vectors that those of inputCol become. Default: the stage's uid and
            '__output'.
        patience : int
            Training stops when so many passes running brought no progress; 0 never stops it early.
            Watched is the validation loss, without validation rows the training objective; 1 where
            unset for l-bfgs, levenbergMarquardt and naturalGradient. Default 5.
        regParam : float
            Strength of the penalty on weights; biases and scales have none. Default 0.0.
        seed : int
            Seed of all randomness: first weights, validation rows, order of rows, dropout. Default:
            Java's hash code of the estimator's class name.
        solver : str
            How weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),
            adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9, beta2=0.999,
            epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once, rprop(0.5,
            1.2, min=1e-6, max=50), l-bfgs(memory=10), levenbergMarquardt(damping=1e-3) and
            naturalGradient(damping=1e-3). Default 'adam'.
        standardization : bool
            Whether to train on features scaled to deviation 1 and centred to mean 0; the model
            takes the features as they are. Default False.
        stepSize : float
            Learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the
            others; l-bfgs, levenbergMarquardt and naturalGradient have none. Default 0.0.
        stepSizeSchedule : str
            How the learning rate changes: constant, exponential(0.95), step(10, 0.1),
            cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in passes.
            Default 'constant'.
        syncInterval : int
            Updates that each partition makes by itself, on the rows that it gives to each
            mini-batch, before weights and solver state are averaged; 1 sums gradients at every
            update. Default 1.
        tol : float
            What counts as progress: a fall of the watched loss below its best by more than tol
            times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and naturalGradient.
            Default 0.0001.
        validationFraction : float
            Share of the rows, drawn by seed, that validate instead of training. Default 0.0.
        validationIndicatorCol : str
            Boolean column: rows with true validate, rows with false train. Not set by default.
        weightInit : str
            How weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,
            glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the activation that
            each layer feeds. Default 'auto'.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.feature.Autoencoder")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        activation: str = "relu",
        aggregationDepth: int = 2,
        batchSize: int = 0,
        checkpointInterval: int = -1,
        checkpointPath: str = "",
        elasticNetParam: float = 0.0,
        hiddenLayers: Integers = (64,),
        initialModelPath: str = "",
        inputCol: str = "features",
        inputShape: str = "",
        loss: str = "squaredError",
        maxBlockSizeInMB: float = 0.0,
        maxGradientNorm: float = 0.0,
        maxIter: int = 100,
        network: str = "",
        numPartitions: int = 0,
        outputActivation: str = "auto",
        outputCol: str | None = None,
        patience: int = 5,
        regParam: float = 0.0,
        seed: int = 718131783,
        solver: str = "adam",
        standardization: bool = False,
        stepSize: float = 0.0,
        stepSizeSchedule: str = "constant",
        syncInterval: int = 1,
        tol: float = 0.0001,
        validationFraction: float = 0.0,
        validationIndicatorCol: str | None = None,
        weightInit: str = "auto",
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setInputCol(self: P, value: str) -> P:
        """Set ``inputCol``.

        Column of vectors, all of one size. Default 'features'.
        """
        return self._set(inputCol=value)

    def setLoss(self: P, value: str) -> P:
        """Set ``loss``.

        What training makes small: squaredError, absoluteError, huber(1.0), poisson or
        quantile(0.5). Default 'squaredError'.
        """
        return self._set(loss=value)

    def setOutputCol(self: P, value: str) -> P:
        """Set ``outputCol``.

        Column of the vectors that those of inputCol become. Default: the stage's uid and
        '__output'.
        """
        return self._set(outputCol=value)


class WhiteningConstructor(JavaParams, WhiteningParams):
    """The keyword constructor of ``Whitening``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCol: str = "features",
        k: int = 0,
        method: str = "pca",
        outputCol: str | None = None,
        tol: float = 1e-09,
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        inputCol : str
            Column of vectors, all of one size. Default 'features'.
        k : int
            Principal directions to keep, for pca; 0 keeps all. Default 0.
        method : str
            Pca: along the principal directions, the widest first; zca: as near to the input as a
            white vector can be. Default 'pca'.
        outputCol : str
            Column of the vectors that those of inputCol become. Default: the stage's uid and
            '__output'.
        tol : float
            Share of the largest variance up to which a direction counts as constant and becomes 0,
            with a warning if rows differ along it; 0 keeps every direction along which they do.
            Default 1e-09.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.feature.Whitening")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        inputCol: str = "features",
        k: int = 0,
        method: str = "pca",
        outputCol: str | None = None,
        tol: float = 1e-09,
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setInputCol(self: P, value: str) -> P:
        """Set ``inputCol``.

        Column of vectors, all of one size. Default 'features'.
        """
        return self._set(inputCol=value)

    def setK(self: P, value: int) -> P:
        """Set ``k``.

        Principal directions to keep, for pca; 0 keeps all. Default 0.
        """
        return self._set(k=value)

    def setMethod(self: P, value: str) -> P:
        """Set ``method``.

        Pca: along the principal directions, the widest first; zca: as near to the input as a white
        vector can be. Default 'pca'.
        """
        return self._set(method=value)

    def setOutputCol(self: P, value: str) -> P:
        """Set ``outputCol``.

        Column of the vectors that those of inputCol become. Default: the stage's uid and
        '__output'.
        """
        return self._set(outputCol=value)

    def setTol(self: P, value: float) -> P:
        """Set ``tol``.

        Share of the largest variance up to which a direction counts as constant and becomes 0, with
        a warning if rows differ along it; 0 keeps every direction along which they do. Default
        1e-09.
        """
        return self._set(tol=value)


class MultiTargetRegressionEvaluatorParams(EvaluatedColumns):
    """The Params that ``MultiTargetRegressionEvaluator`` and its model share."""


class MultiTargetRegressionEvaluatorConstructor(JavaParams, MultiTargetRegressionEvaluatorParams):
    """The keyword constructor of ``MultiTargetRegressionEvaluator``, and its setters."""

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        labelCol: str = "label",
        metricName: str = "rmse",
        predictionCol: str = "prediction",
        weightCol: str | None = None,
    ) -> None:
        """Make a stage with these Params.

        Parameters
        ----------
        labelCol : str
            Column of label vectors. Default 'label'.
        metricName : str
            Metric to average: rmse, mse, mae or r2. Default 'rmse'.
        predictionCol : str
            Column of predicted vectors. Default 'prediction'.
        weightCol : str
            Column of the rows' weights; all rows weigh 1 if unset. Not set by default.
        """
        super().__init__()
        self._java_obj = java_stage(self, "sparkprop.evaluation.MultiTargetRegressionEvaluator")
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self: P,
        *,
        labelCol: str = "label",
        metricName: str = "rmse",
        predictionCol: str = "prediction",
        weightCol: str | None = None,
    ) -> P:
        """Set Params by their names, as the constructor does."""
        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]
        return self._set(**{name: v for name, v in given.items() if v is not None})

    def setLabelCol(self: P, value: str) -> P:
        """Set ``labelCol``.

        Column of label vectors. Default 'label'.
        """
        return self._set(labelCol=value)

    def setMetricName(self: P, value: str) -> P:
        """Set ``metricName``.

        Metric to average: rmse, mse, mae or r2. Default 'rmse'.
        """
        return self._set(metricName=value)

    def setPredictionCol(self: P, value: str) -> P:
        """Set ``predictionCol``.

        Column of predicted vectors. Default 'prediction'.
        """
        return self._set(predictionCol=value)

    def setWeightCol(self: P, value: str) -> P:
        """Set ``weightCol``.

        Column of the rows' weights; all rows weigh 1 if unset. Not set by default.
        """
        return self._set(weightCol=value)
