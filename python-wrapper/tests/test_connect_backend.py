"""PySpark's own MultilayerPerceptronClassifier over Spark Connect, trained by Sparkprop.

The client code imports nothing of Sparkprop. Only the server knows it, and which engine a server
or a session wants is a setting.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from connect_server import client, server
from pyspark.ml import PipelineModel
from pyspark.ml.classification import (
    MultilayerPerceptronClassificationModel,
    MultilayerPerceptronClassifier,
)
from pyspark.sql import DataFrame, SparkSession

import sparkprop

BACKEND = "spark.connect.ml.backend.classes"
OURS = "sparkprop.connect.SparkpropBackend"

PREAMBLE = (
    f"""
import sys
from pathlib import Path
import numpy as np
from pyspark.ml.classification import (
    MultilayerPerceptronClassificationModel, MultilayerPerceptronClassifier
)
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
out = Path(sys.argv[1])
BACKEND, OURS = "{BACKEND}", "{OURS}"
"""
    + """
def row(i):
    k = i % 3
    x = Vectors.dense(k == 0, k == 1, (i % 7) / 7 - 0.5, (i % 5) / 5 - 0.5)
    return x, float(k)

rows = spark.createDataFrame([row(i) for i in range(90)], ["features", "label"]).coalesce(2)

def perceptron(**params):
    return MultilayerPerceptronClassifier(**{"layers": [4, 6, 3], "maxIter": 20, **params})

def by_sparkprop(model):
    # Whose weights are float32, where MLlib's are double.
    weights = model.weights.toArray()
    return bool((weights == weights.astype(np.float32)).all())
"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def remote(folder: Path) -> Iterator[str]:
    jar = sparkprop.jar()
    with server(folder, "--jars", jar, "--conf", f"{BACKEND}={OURS}") as address:
        yield address


def scenario(remote: str, code: str, out: Path) -> str:
    return client(remote, PREAMBLE + code, out)


UNCHANGED = """
assert "sparkprop" not in sys.modules
from pyspark.ml.evaluation import MulticlassClassificationEvaluator

model = perceptron(blockSize=32).fit(rows)
assert by_sparkprop(model)
assert repr(model).startswith("MultilayerPerceptronClassificationModel: uid=")
assert (model.getLayers(), model.getBlockSize()) == ([4, 6, 3], 32)
assert (model.numFeatures, model.numClasses, model.weights.size) == (4, 3, 51)
assert model.predict(Vectors.dense(1, 0, 0, 0)) == 0.0
assert model.predictRaw(Vectors.dense(1, 0, 0, 0)).toArray().argmax() == 0
assert abs(model.predictProbability(Vectors.dense(1, 0, 0, 0)).toArray().sum() - 1) < 1e-6
scored = model.transform(rows)
assert scored.columns == ["features", "label", "rawPrediction", "probability", "prediction"]
for name in ("accuracy", "f1"):
    assert MulticlassClassificationEvaluator(metricName=name).evaluate(scored) == 1.0
summary = model.summary()
assert model.hasSummary and summary.accuracy == 1.0 and summary.predictions.count() == 90
assert summary.totalIterations == len(summary.objectiveHistory) - 1 == 20
assert model.evaluate(rows).accuracy == 1.0

if hasattr(model._java_obj, "ref_id"):  # before 4.1 no server puts a model away
    spark.client._delete_ml_cache([model._java_obj.ref_id], evict_only=True)
assert model.predict(Vectors.dense(1, 0, 0, 0)) == 0.0
assert model.summary().accuracy == 1.0

model.save(str(out / "model"))
loaded = MultilayerPerceptronClassificationModel.load(str(out / "model"))
assert loaded.weights == model.weights and loaded.getLayers() == [4, 6, 3]
perceptron(seed=7).save(str(out / "estimator"))
again = MultilayerPerceptronClassifier.load(str(out / "estimator"))
assert again.getSeed() == 7 and by_sparkprop(again.fit(rows))

begun = perceptron(initialWeights=model.weights, maxIter=0).fit(rows)
assert begun.weights == model.weights
gd = perceptron(solver="gd", stepSize=0.5, tol=0.0, maxIter=30).fit(rows)
assert by_sparkprop(gd) and gd.summary().objectiveHistory[-1] < gd.summary().objectiveHistory[0]

from pyspark.errors import PySparkException
for layers, said in (([5, 3], "layers begins with 5"), ([4, 2], "layers ends with 2")):
    try:
        perceptron(layers=layers).fit(rows)
    except PySparkException as e:
        assert said in str(e), e
    else:
        raise AssertionError(f"{layers} was not refused")
"""


def test_unchanged_code(remote: str, folder: Path, spark: SparkSession, tmp_path: Path) -> None:
    scenario(remote, UNCHANGED, tmp_path)
    assert "trained by Sparkprop; blockSize 32 does nothing." in (folder / "server.log").read_text()
    # What was saved is MLlib's, and needs no server with the setting.
    model = MultilayerPerceptronClassificationModel.load(str(tmp_path / "model"))
    assert model.getLayers() == [4, 6, 3]
    assert MultilayerPerceptronClassifier.load(str(tmp_path / "estimator")).getSeed() == 7


TUNING = """
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StandardScaler
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder

scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True)
pipeline = Pipeline(stages=[scaler, perceptron(featuresCol="scaled")])
fitted = pipeline.fit(rows)
assert by_sparkprop(fitted.stages[-1])
pipeline.save(str(out / "unfitted"))
assert by_sparkprop(Pipeline.load(str(out / "unfitted")).fit(rows).stages[-1])
fitted.save(str(out / "pipeline"))
loaded = PipelineModel.load(str(out / "pipeline"))
assert loaded.transform(rows).where("prediction = label").count() == 90

base = perceptron()
tuned = CrossValidator(
    estimator=base,
    estimatorParamMaps=ParamGridBuilder().addGrid(base.layers, [[4, 3], [4, 6, 3]]).build(),
    evaluator=MulticlassClassificationEvaluator(metricName="logLoss"),
    numFolds=2,
).fit(rows)
assert len(tuned.avgMetrics) == 2 and by_sparkprop(tuned.bestModel)
"""


def test_pipelines_and_tuning(
    remote: str, spark: SparkSession, clouds: DataFrame, tmp_path: Path
) -> None:
    scenario(remote, TUNING, tmp_path)
    stage = PipelineModel.load(str(tmp_path / "pipeline")).stages[-1]
    assert isinstance(stage, MultilayerPerceptronClassificationModel)
    assert stage.setFeaturesCol("features").transform(clouds).count() == 90


SESSIONS = """
assert by_sparkprop(perceptron().fit(rows))
spark.conf.set(BACKEND, "")
theirs = perceptron().fit(rows)
assert not by_sparkprop(theirs)
spark.conf.set(BACKEND, OURS)
ours = perceptron().fit(rows)
assert by_sparkprop(ours)
# By the same seed the same course, since MLlib's first weights are taken over.
for found, expected in zip(
    ours.summary().objectiveHistory[:6], theirs.summary().objectiveHistory[:6], strict=True
):
    assert abs(found - expected) < 0.05 * expected, (found, expected)
"""


def test_a_session_chooses(remote: str, tmp_path: Path) -> None:
    scenario(remote, SESSIONS, tmp_path)


def test_without_the_setting_it_is_mllibs(tmp_path: Path) -> None:
    with server(tmp_path, "--jars", sparkprop.jar()) as address:
        scenario(address, "assert not by_sparkprop(perceptron().fit(rows))", tmp_path)
        scenario(
            address,
            "spark.conf.set(BACKEND, OURS)\nassert by_sparkprop(perceptron().fit(rows))",
            tmp_path,
        )
    log = (tmp_path / "server.log").read_text()
    assert log.count("trained by Sparkprop") == 1
