"""Fitted pipelines in MLflow, whose Spark flavour takes whatever Spark ML can save."""

from collections.abc import Iterator
from pathlib import Path

import mlflow.spark
import pytest
from pyspark.ml import Pipeline
from pyspark.ml.feature import StandardScaler
from pyspark.sql import DataFrame

import sparkprop
from sparkprop.classification import NeuralNetworkClassifier


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")  # MLflow 3 wants to be asked for it
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri((tmp_path / "runs").as_uri())
    yield tmp_path
    mlflow.set_tracking_uri(before)


def test_a_fitted_pipeline_is_logged_and_loaded(clouds: DataFrame, store: Path) -> None:
    scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True)
    network = NeuralNetworkClassifier(
        featuresCol="scaled", network="dense(6) tanh", solver="l-bfgs", maxIter=20
    )
    fitted = Pipeline(stages=[scaler, network]).fit(clouds)
    wanted = fitted.transform(clouds).select("rawPrediction", "prediction").collect()
    with mlflow.start_run():
        logged = mlflow.spark.log_model(
            fitted,
            "model",
            dfs_tmpdir=str(store / "written"),
            pip_requirements=["pyspark", f"sparkprop=={sparkprop.__version__}"],
        )
    loaded = mlflow.spark.load_model(logged.model_uri, dfs_tmpdir=str(store / "read"))
    assert [type(stage) for stage in loaded.stages] == [type(stage) for stage in fitted.stages]
    assert loaded.stages[-1].summary.totalIterations == 20
    assert loaded.transform(clouds).select("rawPrediction", "prediction").collect() == wanted
