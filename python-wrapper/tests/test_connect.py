"""The same stages over Spark Connect: one server, and a client for each scenario.

A process is either classic or remote, so that each scenario runs in an interpreter of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from connect_server import client, server
from pyspark.sql import SparkSession

import sparkprop
from sparkprop.classification import NeuralNetworkClassificationModel

PREAMBLE = """
import sys
from pathlib import Path
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession
import sparkprop
from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier
from sparkprop.evaluation import MultiTargetRegressionEvaluator
from sparkprop.feature import Autoencoder, AutoencoderModel, Whitening
from sparkprop.regression import MultiTargetNeuralNetworkRegressor, NeuralNetworkRegressor

spark = SparkSession.builder.getOrCreate()
out = Path(sys.argv[1])

def row(i):
    k = i % 3
    x = Vectors.dense(k == 0, k == 1, (i % 7) / 7 - 0.5, (i % 5) / 5 - 0.5)
    return x, float(k), 1.0 + i % 2, Vectors.dense(x[0] + x[2], 3.0 - x[1])

rows = spark.createDataFrame([row(i) for i in range(90)], ["features", "label", "weight", "labels"])
rows = rows.coalesce(2)

def classifier(**params):
    return NeuralNetworkClassifier(**{"network": "dense(6) tanh", "solver": "l-bfgs", **params})

def refusal(action):
    try:
        action()
    except RuntimeError as e:
        return str(e)
    raise AssertionError("nothing was refused")
"""


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    often = ("--conf", "spark.connect.progress.reportInterval=100ms")
    with server(tmp_path_factory.mktemp("server"), "--jars", sparkprop.jar(), *often) as address:
        yield address


def scenario(remote: str, code: str, out: Path) -> None:
    client(remote, PREAMBLE + code, out)


CLASSIFIER = """
model = classifier(maxIter=20, weightCol="weight").fit(rows)
assert repr(model).startswith("NeuralNetworkClassificationModel: uid=")
assert (model.network(), model.numParameters()) == ("dense(6) tanh", 51)
assert (model.numFeatures, model.numClasses) == (4, 3)
assert model.predict([1.0, 0.0, 0.0, 0.0]) == 0.0
assert model.predictRaw([1.0, 0.0, 0.0, 0.0]).toArray().argmax() == 0
assert abs(model.predictProbability([1.0, 0.0, 0.0, 0.0]).toArray().sum() - 1) < 1e-6
assert model.transform(rows).where("prediction = label").count() == 90
summary = model.summary
assert model.hasSummary and summary.accuracy == 1.0 and summary.weightCol == "weight"
assert summary.totalIterations == len(summary.objectiveHistory) - 1 == 20
assert summary.predictions.count() == 90

if hasattr(model._java_obj, "ref_id"):  # since Spark 4.1 a server puts models away
    spark.client._delete_ml_cache([model._java_obj.ref_id], evict_only=True)
assert model.predict([1.0, 0.0, 0.0, 0.0]) == 0.0
assert model.summary.accuracy == 1.0

model.save(str(out / "model"))
loaded = NeuralNetworkClassificationModel.load(str(out / "model"))
assert loaded.predict([1.0, 0.0, 0.0, 0.0]) == 0.0 and loaded.getMaxIter() == 20
again = classifier(maxIter=3, initialModelPath=str(out / "model")).fit(rows)
assert again.summary.objectiveHistory[0] < 0.1

classifier(maxIter=7).save(str(out / "estimator"))
assert NeuralNetworkClassifier.load(str(out / "estimator")).getMaxIter() == 7

for name in ("weights", "describe"):
    assert refusal(getattr(model, name)) == (
        f"{name} is out of reach over Spark Connect: save the model and load it in a classic"
        " session."
    ), name
assert refusal(lambda: model.classNames).startswith("classNames is out of reach")
assert refusal(lambda: model.evaluate(rows)) == (
    "evaluate is out of reach over Spark Connect: use transform and an evaluator."
)
assert "use transform and an evaluator" in refusal(lambda: summary.binarySummary)
for name in (
    "validationHistory", "validationAccuracyHistory", "bestIteration", "stopReason",
    "samplesPerSecond", "batchSize", "numPartitions", "windows", "windowRows", "layerNames",
    "gradientNormHistory", "weightNormHistory", "silentShareHistory",
):
    assert refusal(lambda: getattr(summary, name)).startswith(f"{name} is out of reach"), name
assert "set initialModelPath" in refusal(lambda: classifier().setInitialModel(model))
assert "load it here" in refusal(lambda: NeuralNetworkClassificationModel.fromMLlib(None))
"""


def test_a_classifier(remote: str, spark: SparkSession, tmp_path: Path) -> None:
    scenario(remote, CLASSIFIER, tmp_path)
    model = NeuralNetworkClassificationModel.load(str(tmp_path / "model"))
    assert len(model.weights()) == model.numParameters() == 51
    assert model.summary.stopReason.startswith("maxIter")


TUNING = """
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StandardScaler
from pyspark.ml.classification import OneVsRest
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.ml.tuning import TrainValidationSplit

scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True)
base = classifier(featuresCol="scaled", maxIter=5)
pipeline = Pipeline(stages=[scaler, base]).fit(rows)
assert pipeline.transform(rows).where("prediction = label").count() == 90
pipeline.save(str(out / "pipeline"))
stage = PipelineModel.load(str(out / "pipeline")).stages[-1]
assert stage.network() == "dense(6) tanh" and stage.getFeaturesCol() == "scaled"

base = classifier(maxIter=5)
grid = ParamGridBuilder().addGrid(base.network, ["dense(2) tanh", "dense(6) tanh"]).build()
tuner = CrossValidator(
    estimator=base,
    estimatorParamMaps=grid,
    evaluator=MulticlassClassificationEvaluator(metricName="logLoss"),
    numFolds=2,
    parallelism=2,
)
tuned = tuner.fit(rows)
assert len(tuned.avgMetrics) == 2 and all(m < 1 for m in tuned.avgMetrics)
tuned.save(str(out / "tuned"))
best = CrossValidatorModel.load(str(out / "tuned")).bestModel
assert best.network() == tuned.bestModel.network()

split = TrainValidationSplit(
    estimator=base, estimatorParamMaps=grid, evaluator=MulticlassClassificationEvaluator(), seed=1
).fit(rows)
metrics = split.validationMetrics
assert len(metrics) == 2
assert [split.bestModel.network()] == list(grid[metrics.index(max(metrics))].values())
each = OneVsRest(classifier=classifier(outputActivation="logistic", maxIter=5)).fit(rows)
assert each.transform(rows).where("prediction = label").count() == 90
"""


def test_pipelines_and_tuning(remote: str, spark: SparkSession, tmp_path: Path) -> None:
    from pyspark.ml import PipelineModel

    scenario(remote, TUNING, tmp_path)
    stage = PipelineModel.load(str(tmp_path / "pipeline")).stages[-1]
    assert isinstance(stage, NeuralNetworkClassificationModel)
    assert stage.describe()


OTHERS = """
model = NeuralNetworkRegressor(hiddenLayers=[], solver="l-bfgs").fit(rows)
assert model.network() == "identity" and model.numFeatures == 4 and model.numParameters() == 5
assert abs(model.predict([1.0, 0.0, 0.0, 0.0])) < 0.1
assert model.transform(rows).count() == 90
assert model.summary.totalIterations > 0
for name in ("r2", "meanAbsoluteError", "rootMeanSquaredError"):
    assert "use transform and an evaluator" in refusal(lambda: getattr(model.summary, name)), name
assert "use transform." in refusal(lambda: model.summary.predictions)
assert "use transform and" in refusal(lambda: model.evaluate(rows))
unfitted = NeuralNetworkRegressor(hiddenLayers=[])
unfitted.save(str(out / "unfitted"))
assert unfitted.getHiddenLayers() == []
assert NeuralNetworkRegressor.load(str(out / "unfitted")).getNetwork() == "identity"

several = MultiTargetNeuralNetworkRegressor(
    labelCol="labels", network="identity", solver="l-bfgs"
).fit(rows)
assert (several.numTargets, several.numFeatures) == (2, 4)
assert "use transform." in refusal(lambda: several.predict([1.0, 0.0, 0.0, 0.0]))
evaluator = MultiTargetRegressionEvaluator(labelCol="labels", metricName="r2")
assert evaluator.evaluate(several.transform(rows)) > 0.99 and evaluator.isLargerBetter()
assert several.summary.objectiveHistory[-1] < several.summary.objectiveHistory[0]

white = Whitening(inputCol="features", outputCol="white").fit(rows)
assert white.size == white.numFeatures == 4
assert white.transform(rows).columns[-1] == "white"
for name in ("mean", "variances", "matrix"):
    assert refusal(lambda: getattr(white, name)).startswith(f"{name} is out of reach"), name
assert "use transform." in refusal(lambda: white.whiten([1.0, 0.0, 0.0, 0.0]))

coder = Autoencoder(inputCol="features", outputCol="code", network="dense(2)", maxIter=3).fit(rows)
assert coder.codeSize == 2 and coder.network() == "dense(2)"
coder.save(str(out / "coder"))
assert AutoencoderModel.load(str(out / "coder")).transform(rows).columns[-1] == "code"
assert "use transform." in refusal(lambda: coder.encode([1.0, 0.0, 0.0, 0.0]))
assert "classic session" in refusal(lambda: coder.reconstruct(rows, "again"))

from pyspark.errors import IllegalArgumentException
from pyspark.ml.param import Param
try:
    classifier(maxIter=-1).fit(rows)
except IllegalArgumentException as e:
    assert "maxIter must be a whole number" in str(e)
try:
    NeuralNetworkRegressor(network="dense(4) relu", solver="sgd", stepSize=1e30).fit(rows)
except sparkprop.TrainingError as e:
    assert "stepSize" in str(e) and "\\n" not in str(e), e
else:
    raise AssertionError("nothing was refused")
newer = classifier()
newer._paramMap[Param(newer, "nonesuch", "of a later version")] = 1
assert "lacks a Param of this Python package" in refusal(lambda: newer.fit(rows))
"""


def test_the_other_stages(remote: str, tmp_path: Path) -> None:
    scenario(remote, OTHERS, tmp_path)


SHOWN = """
import io, re
sys.stderr = io.StringIO()
model = classifier(maxIter=30, tol=0.0).fit(rows)
assert sys.stderr.getvalue() == ""
spark.conf.set("spark.sparkprop.progress", "true")
model = classifier(maxIter=30, tol=0.0).fit(rows)
told = sys.stderr.getvalue()
counts = [int(n) for n in re.findall(r"NeuralNetworkClassifier: (\\d+) tasks", told)]
assert counts == sorted(counts) and counts[-1] >= 10 and "running" in told, told
assert spark.client._progress_handlers == []
try:
    classifier(maxIter=-1).fit(rows)
except Exception:
    assert spark.client._progress_handlers == []

import matplotlib
matplotlib.use("Agg")
(ax,) = model.summary.plot()
(line,) = ax.get_lines()
assert list(line.get_ydata()) == list(model.summary.objectiveHistory)
"""


def test_what_is_shown(remote: str, tmp_path: Path) -> None:
    scenario(remote, SHOWN, tmp_path)


WITHOUT = """
said = (
    "The Spark Connect server has no Sparkprop jar on its class path: start it with"
    f" --jars {sparkprop.jar()}."
)
assert refusal(lambda: classifier().fit(rows)) == said
assert refusal(lambda: classifier().save(str(out / "estimator"))) == said
assert refusal(lambda: NeuralNetworkClassificationModel.load(str(out / "model"))) == said
assert refusal(lambda: MultiTargetRegressionEvaluator().evaluate(rows)) == said
spark.addArtifacts(sparkprop.jar())
assert refusal(lambda: classifier(maxIter=3).fit(rows)) == said
"""


def test_without_the_jar_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    with server(tmp_path) as address:
        scenario(address, WITHOUT, tmp_path)
