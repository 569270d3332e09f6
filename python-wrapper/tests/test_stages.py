"""Training, scoring, tuning and saving, as users do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import (
    MultilayerPerceptronClassifier,
    OneVsRest,
    OneVsRestModel,
)
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StandardScaler
from pyspark.ml.linalg import DenseVector, Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import DataFrame, SparkSession

import sparkprop
from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier
from sparkprop.evaluation import MultiTargetRegressionEvaluator
from sparkprop.feature import Autoencoder, AutoencoderModel, Whitening, WhiteningModel
from sparkprop.regression import (
    MultiTargetNeuralNetworkRegressor,
    NeuralNetworkRegressionModel,
    NeuralNetworkRegressor,
)


def classifier(**params: Any) -> NeuralNetworkClassifier:
    return NeuralNetworkClassifier(**{"network": "dense(6) tanh", "solver": "l-bfgs", **params})


def test_a_classifier_learns_and_tells_how(clouds: DataFrame) -> None:
    model = classifier(validationIndicatorCol="validates", weightCol="weight", maxIter=30).fit(
        clouds
    )
    assert (model.numFeatures, model.numClasses) == (4, 3)
    assert model.network() == "dense(6) tanh"
    assert model.getNetwork() == "dense(6) tanh"
    assert len(model.weights()) == model.numParameters() == 4 * 6 + 6 + 6 * 3 + 3
    assert "dense" in model.describe()
    assert model.hasSummary
    summary = model.summary
    assert summary.accuracy == 1.0
    assert summary.weightCol == "weight"
    assert summary.totalIterations == len(summary.objectiveHistory) - 1 == 30
    assert len(summary.validationHistory) == len(summary.validationAccuracyHistory) == 30
    assert 1 <= summary.bestIteration <= 30
    assert summary.stopReason.startswith("maxIter")
    assert summary.batchSize > 0
    assert summary.numPartitions == 2
    assert summary.windows == 1
    assert summary.windowRows > 0
    assert summary.samplesPerSecond > 0
    assert summary.layerNames == ["dense1", "tanh1", "output"]
    assert np.shape(summary.gradientNormHistory) == (30, 3)
    assert np.shape(summary.weightNormHistory) == (30, 3)
    silent = np.array(summary.silentShareHistory)
    assert silent.shape == (30, 3)
    assert np.all((silent[:, 1] >= 0) & (silent[:, 1] <= 1))
    assert model.evaluate(clouds).accuracy == 1.0
    scored = model.transform(clouds).select("prediction", "label").collect()
    assert all(row.prediction == row.label for row in scored)


def test_two_classes_have_curves(clouds: DataFrame) -> None:
    two = clouds.where("label < 2")
    model = classifier(maxIter=5).fit(two)
    assert model.summary.binarySummary.areaUnderROC == 1.0
    assert model.evaluate(two).areaUnderROC == 1.0  # type: ignore[attr-defined]
    assert model.evaluate(two).roc.columns == ["FPR", "TPR"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [list, tuple, np.array, Vectors.dense])
def test_rows_are_vectors_lists_and_arrays(clouds: DataFrame, kind: Any) -> None:
    model = classifier(maxIter=5).fit(clouds)
    row = kind([1.0, 0.0, 0.0, 0.0])
    assert model.predict(row) == 0.0
    assert model.predictRaw(row).toArray().argmax() == 0
    assert model.predictProbability(row).sum() == pytest.approx(1.0)


def test_array_params_take_numpy(clouds: DataFrame) -> None:
    made = NeuralNetworkClassifier(hiddenLayers=np.array([3, 2]), maxIter=np.int64(2))
    made.setThresholds(np.array([0.2, 0.3, 0.5]))
    assert made.getHiddenLayers() == [3, 2]
    assert made.getThresholds() == [0.2, 0.3, 0.5]
    model = made.fit(clouds)
    assert model.network() == "dense(3) relu dense(2) relu"
    assert model.getHiddenLayers() == [3, 2]


def test_two_dimensions_are_no_row(clouds: DataFrame) -> None:
    model = classifier(maxIter=1).fit(clouds)
    with pytest.raises(ValueError, match="pass one row"):
        model.predict(np.zeros((2, 4)))


def test_a_bad_value_is_one_sentence_of_javas(clouds: DataFrame) -> None:
    with pytest.raises(IllegalArgumentException, match="maxIter must be a whole number"):
        classifier(maxIter=-1).fit(clouds)
    with pytest.raises(IllegalArgumentException, match="nearest known name is 'relu'") as caught:
        classifier(network="dense(4) rellu").fit(clouds)
    assert "^" in str(caught.value)


def test_regressors(line: DataFrame) -> None:
    model = NeuralNetworkRegressor(hiddenLayers=[], solver="l-bfgs").fit(line)
    assert model.predict([0.5, 0.0]) == pytest.approx(23, abs=0.1)
    summary = model.evaluate(line)
    assert summary.r2 > 0.99
    assert summary.residuals.columns == ["residuals"]
    assert summary.numInstances == 40
    assert model.summary.rootMeanSquaredError == pytest.approx(summary.rootMeanSquaredError)
    several = MultiTargetNeuralNetworkRegressor(labelCol="labels", hiddenLayers=[], solver="l-bfgs")
    scored = several.fit(line).transform(line)
    evaluator = MultiTargetRegressionEvaluator(labelCol="labels", metricName="r2")
    assert evaluator.isLargerBetter()
    assert evaluator.evaluate(scored) > 0.99


def test_features(line: DataFrame) -> None:
    white = Whitening(inputCol="features", outputCol="white").fit(line)
    assert white.size == white.numFeatures == 2
    assert white.whiten(white.mean.toArray()).toArray() == pytest.approx([0, 0], abs=1e-6)
    assert (white.matrix.numRows, white.matrix.numCols) == (2, 2)
    assert len(white.variances) == 2
    model = Autoencoder(inputCol="features", outputCol="code", network="dense(1)", maxIter=3).fit(
        line
    )
    assert model.transform(line).columns[-1] == "code"
    assert model.reconstruct(line, "again").columns[-1] == "again"
    assert len(model.encode([0.0, 0.0])) == model.codeSize == 1
    with pytest.raises(ValueError, match="outputCol"):
        model.reconstruct(line)
    assert model.summary.totalIterations == 3
    assert model.setInputCol("x").getInputCol() == "x"


def test_tuning_searches_networks(clouds: DataFrame, tmp_path: Path) -> None:
    base = classifier(maxIter=5)
    grid = ParamGridBuilder().addGrid(base.network, ["dense(2) tanh", "dense(6) tanh"]).build()
    tuner = CrossValidator(
        estimator=base,
        estimatorParamMaps=grid,
        evaluator=MulticlassClassificationEvaluator(metricName="logLoss"),
        numFolds=2,
        parallelism=2,
    )
    model = tuner.fit(clouds)
    assert len(model.avgMetrics) == 2
    path = str(tmp_path / "tuned")
    model.write().overwrite().save(path)
    loaded = CrossValidatorModel.load(path)
    assert isinstance(loaded.bestModel, NeuralNetworkClassificationModel)
    assert loaded.bestModel.weights() == model.bestModel.weights()  # type: ignore[attr-defined]
    tuner.save(str(tmp_path / "tuner"))


FRESH = """
import sys
import sparkprop
from pyspark.ml import PipelineModel
from pyspark.ml.classification import OneVsRestModel
from pyspark.ml.tuning import CrossValidatorModel
from pyspark.sql import SparkSession

builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
spark = sparkprop.configure(builder).getOrCreate()
rows = spark.read.parquet(sys.argv[1])
for kind, path in [(PipelineModel, sys.argv[2]), (OneVsRestModel, sys.argv[3])]:
    model = kind.load(path)
    print([row.prediction for row in model.transform(rows).orderBy("id").collect()])
stage = PipelineModel.load(sys.argv[2]).stages[-1]
print(stage.network(), stage.getNetwork(), stage.getMaxIter(), stage.summary.totalIterations)
"""


def test_saved_models_load_in_a_fresh_interpreter(clouds: DataFrame, tmp_path: Path) -> None:
    rows = clouds.selectExpr("features", "label", "monotonically_increasing_id() as id")
    rows.write.parquet(str(tmp_path / "rows"))
    scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True)
    network = classifier(featuresCol="scaled", maxIter=7)
    pipeline = Pipeline(stages=[scaler, network]).fit(rows)
    pipeline.save(str(tmp_path / "pipeline"))
    margins = classifier(outputActivation="logistic", maxIter=4)
    many = OneVsRest(classifier=margins, parallelism=2).fit(rows)
    many.save(str(tmp_path / "many"))
    assert isinstance(OneVsRestModel.load(str(tmp_path / "many")).models[0].weights(), DenseVector)
    run = subprocess.run(
        [sys.executable, "-c", FRESH, *(str(tmp_path / p) for p in ("rows", "pipeline", "many"))],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    first, second, third = run.stdout.strip().splitlines()[-3:]
    scored = [m.transform(rows).orderBy("id").collect() for m in (pipeline, many)]
    assert first == str([row.prediction for row in scored[0]])
    assert second == str([row.prediction for row in scored[1]])
    assert third == "dense(6) tanh dense(6) tanh 7 7"


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (NeuralNetworkRegressionModel, "regressor"),
        (AutoencoderModel, "autoencoder"),
        (WhiteningModel, "whitening"),
    ],
)
def test_models_are_saved(line: DataFrame, tmp_path: Path, kind: Any, stage: str) -> None:
    made: Any = {
        "regressor": lambda: NeuralNetworkRegressor(hiddenLayers=[2], maxIter=2),
        "autoencoder": lambda: Autoencoder(inputCol="features", outputCol="new", maxIter=2),
        "whitening": lambda: Whitening(inputCol="features", outputCol="new"),
    }[stage]()
    made.save(str(tmp_path / "stage"))
    assert type(made).load(str(tmp_path / "stage")).extractParamMap() == made.extractParamMap()
    model = made.fit(line)
    model.save(str(tmp_path / "model"))
    loaded = kind.load(str(tmp_path / "model"))
    assert loaded.transform(line).collect() == model.transform(line).collect()
    assert loaded.uid == model.uid
    assert repr(loaded) == repr(model)


def test_a_copy_has_its_own_params(clouds: DataFrame) -> None:
    made = classifier(maxIter=3)
    model = made.copy({made.network: "dense(2) relu"}).fit(clouds)
    assert model.network() == "dense(2) relu"
    assert made.getNetwork() == "dense(6) tanh"
    copied = model.copy({model.predictionCol: "class"})
    assert copied.transform(clouds).columns[-1] == "class"
    assert copied.getNetwork() == "dense(2) relu"
    assert "network" in model.explainParams()


def test_pipeline_of_python_stages(spark: SparkSession, clouds: DataFrame, tmp_path: Path) -> None:
    white = Whitening(inputCol="features", outputCol="white")
    pipeline = Pipeline(stages=[white, classifier(featuresCol="white", maxIter=5)])
    path = str(tmp_path / "p")
    pipeline.write().overwrite().save(path)
    model = Pipeline.load(path).fit(clouds)
    assert isinstance(model, PipelineModel)
    assert isinstance(model.stages[0], WhiteningModel)


def test_training_goes_on_from_a_model(clouds: DataFrame, tmp_path: Path) -> None:
    first = classifier(maxIter=5).fit(clouds)
    again = classifier(maxIter=5).setInitialModel(first)
    begun = again.copy().fit(clouds).summary.objectiveHistory[0]
    assert begun == pytest.approx(first.summary.objectiveHistory[-1], rel=1e-4)
    first.save(str(tmp_path / "first"))
    from_path = classifier(maxIter=5, initialModelPath=str(tmp_path / "first"))
    assert from_path.fit(clouds).weights() == again.fit(clouds).weights()
    with pytest.raises(IllegalArgumentException, match="dense"):
        classifier(network="dense(2) relu").setInitialModel(first).fit(clouds)


def test_a_perceptron_of_mllibs_is_converted(clouds: DataFrame) -> None:
    theirs = MultilayerPerceptronClassifier(layers=[4, 5, 3], maxIter=10, seed=1).fit(clouds)
    ours = NeuralNetworkClassificationModel.fromMLlib(theirs)
    assert ours.network() == "dense(5) logistic"
    row = Vectors.dense(1.0, 0.0, 0.1, 0.2)
    assert ours.predictProbability(row).toArray() == pytest.approx(
        theirs.predictProbability(row).toArray(), abs=1e-5
    )
    assert ours.transform(clouds).columns == theirs.transform(clouds).columns


def test_training_that_came_to_nothing_says_why(line: DataFrame) -> None:
    wild = NeuralNetworkRegressor(network="dense(4) relu", solver="sgd", stepSize=1e30)
    with pytest.raises(sparkprop.TrainingError, match="stepSize") as failed:
        wild.fit(line)
    assert "\n" not in str(failed.value)
