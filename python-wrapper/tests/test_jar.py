"""The way from Python to the jar, and what is said where there is none."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import sparkprop
from sparkprop._jar import python_version


def run(code: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=300,
    )


def test_the_jar_is_of_this_version() -> None:
    with zipfile.ZipFile(sparkprop.jar()) as archive:
        manifest = archive.read("META-INF/MANIFEST.MF").decode()
    (version,) = (
        line.partition(": ")[2].strip()
        for line in manifest.splitlines()
        if line.startswith("Implementation-Version")
    )
    assert python_version(version) == sparkprop.__version__


def test_configure_keeps_what_is_set() -> None:
    builder = (
        SparkSession.builder.config("spark.jars", "a.jar,b.jar")
        .config("spark.jars.packages", "org:name:1")
        .appName("mine")
    )
    try:
        assert sparkprop.configure(builder) is builder
        jars = builder._options["spark.jars"].split(",")
        assert jars == ["a.jar", "b.jar", sparkprop.jar()]
        assert builder._options["spark.jars.packages"] == "org:name:1"
        sparkprop.configure(builder)
        assert builder._options["spark.jars"].split(",") == jars
    finally:
        for key in ("spark.jars", "spark.jars.packages", "spark.app.name"):
            builder._options.pop(key, None)  # PySpark's builder is one object for all


def test_importing_starts_nothing(tmp_path: Path) -> None:
    code = """
import os
before = dict(os.environ)
import sparkprop.classification, sparkprop.regression, sparkprop.feature, sparkprop.evaluation
from pyspark import SparkContext
assert SparkContext._gateway is None and dict(os.environ) == before
import sys
print(sorted(m for m in ("matplotlib", "tqdm", "torch", "mlflow") if m in sys.modules))
"""
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_without_a_session_one_sentence(tmp_path: Path) -> None:
    done = run(
        "from sparkprop.classification import NeuralNetworkClassifier; NeuralNetworkClassifier()",
        tmp_path,
    )
    assert done.stderr.strip().splitlines()[-1] == (
        "RuntimeError: There is no Spark session: make one first, by"
        " sparkprop.configure(SparkSession.builder).getOrCreate()."
    )


WITHOUT = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
from sparkprop.classification import NeuralNetworkClassifier, NeuralNetworkClassificationModel
for action in (NeuralNetworkClassifier, lambda: NeuralNetworkClassificationModel.load("nowhere")):
    try:
        action()
    except RuntimeError as e:
        print(e)
"""


def test_without_the_jar_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    done = run(WITHOUT, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines() == 2 * [
        "The Spark session has no Sparkprop jar on its class path: stop it and make it by"
        " sparkprop.configure(SparkSession.builder).getOrCreate(), or start Spark with --jars"
        f" {sparkprop.jar()}."
    ]


def test_a_jar_of_another_version_one_sentence(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sparkprop import _jar
    from sparkprop.feature import Whitening

    monkeypatch.setattr(_jar, "__version__", "9.9.9")
    with pytest.raises(RuntimeError) as caught:
        Whitening()
    assert str(caught.value) == (
        f"The Spark session has the Sparkprop jar of version {sparkprop.__version__}, but this"
        " Python package is version 9.9.9: use the jar that sparkprop.jar() names, or install"
        f" sparkprop=={sparkprop.__version__}."
    )
