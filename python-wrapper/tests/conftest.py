"""One Spark session for all tests of a process, made as users make it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.ml.linalg import Vectors
from pyspark.sql import DataFrame, SparkSession

import sparkprop

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
# Most of what the JVMs of tests do they do once: the quick compiler alone halves their work.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
# Before Spark 4.1 workers would run whatever python3 is.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def pytest_configure() -> None:
    """Refuse to test the source tree: what counts is the wheel."""
    here = Path(__file__).resolve().parents[1]
    if Path(sparkprop.__file__).resolve().is_relative_to(here):
        raise pytest.UsageError(f"sparkprop is the source tree in {here}: install the wheel.")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    builder = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
    )
    session = sparkprop.configure(builder).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def clouds(spark: SparkSession) -> DataFrame:
    """Rows of three classes around three points, with weights and a validation column."""
    rows = []
    for i in range(90):
        k = i % 3
        x = [k == 0, k == 1, (i % 7) / 7 - 0.5, (i % 5) / 5 - 0.5]
        rows.append((Vectors.dense(x), float(k), 1.0 + i % 2, i % 9 == 0))
    return spark.createDataFrame(rows, ["features", "label", "weight", "validates"]).coalesce(2)


@pytest.fixture(scope="session")
def line(spark: SparkSession) -> DataFrame:
    """Rows on a line, with one target as a number and two as a vector."""
    rows = [
        (Vectors.dense(i / 40, (i % 4) / 4), 3.0 + i, Vectors.dense(i, -2.0 * i)) for i in range(40)
    ]
    return spark.createDataFrame(rows, ["features", "label", "labels"]).coalesce(2)
