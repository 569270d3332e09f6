"""The examples, run as their readers run them, with small settings."""

import os
import re
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession

PROJECT = Path(__file__).resolve().parents[2]
DIGITS = PROJECT / "examples" / "data" / "digits.csv.gz"
MODEL = PROJECT / "src" / "test" / "resources" / "saved-models" / "0.1.0" / "digits"

LEVEL_IS_SET = 'Setting Spark log level to "ERROR".'


def last_line(name: str, *arguments: object, folder: Path) -> str:
    """Run an example in an empty folder, see that it leaves nothing, and return its last line."""
    work, temporary = folder / "work", folder / "temporary"
    work.mkdir()
    temporary.mkdir()
    # Temporary files of Python, Spark and the JVM.
    places = {
        "TMPDIR": str(temporary),
        "SPARK_LOCAL_DIRS": str(temporary),
        "JDK_JAVA_OPTIONS": f"-Djava.io.tmpdir={temporary} {os.environ['JDK_JAVA_OPTIONS']}",
    }
    ended = subprocess.run(
        [sys.executable, PROJECT / "examples" / "python" / name, *map(str, arguments)],
        cwd=work,
        env={**os.environ, **places},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 0, said
    assert not re.search(r"\b(WARN|ERROR)\b", ended.stdout), said
    # What Spark says while it starts is its own; from then on there is nothing to be said.
    # (Spark 4.3's BLAS says which native libraries it has not found, whatever the level.)
    after = ended.stderr.rpartition(LEVEL_IS_SET)[2]
    assert not re.sub(r"(?m)^netlib-.*$", "", after).strip(), said
    assert [*work.iterdir(), *temporary.iterdir()] == []
    return ended.stdout.splitlines()[-1]


def number(line: str, before: str) -> float:
    assert line.startswith(before)
    return float(line.removeprefix(before))


def test_quickstart(tmp_path: Path) -> None:
    line = last_line("quickstart.py", DIGITS, folder=tmp_path)
    assert 0.95 < number(line, "test accuracy: ") <= 1


def test_flight_delays(spark: SparkSession, tmp_path: Path) -> None:
    """Airports are what delays hang on here."""
    spark.range(2_000).selectExpr(
        "timestamp_ntz'2001-01-01 00:00:00' + make_interval(0, 0, 0, 0, 0, int(id * 37)) as date",
        "(id * 7919) % 40 - 20 + (id % 3) * 15 as delay",
        "100 + (id * 31) % 2000 as distance",
        "element_at(array('ATL', 'LAS', 'ORD'), int(id % 3) + 1) as origin",
        "element_at(array('PHL', 'SAV', 'JFK', 'RIC'), int(id % 4) + 1) as destination",
    ).coalesce(1).write.parquet(f"{tmp_path}/flights.parquet")
    line = last_line("flight_delays.py", f"{tmp_path}/flights.parquet", 3, folder=tmp_path)
    assert 0.55 < number(line, "area under ROC: ") <= 1


def test_text_classification(tmp_path: Path) -> None:
    line = last_line("text_classification.py", 3, 4096, folder=tmp_path)
    assert 0.6 < number(line, "test accuracy: ") <= 1


def test_tuned_pipeline(tmp_path: Path) -> None:
    line = last_line("tuned_pipeline.py", DIGITS, 4, 2, folder=tmp_path)
    assert 0.8 < number(line, "test accuracy of the best: ") <= 1


def test_streaming_scoring(tmp_path: Path) -> None:
    line = last_line("streaming_scoring.py", DIGITS, 3, folder=tmp_path)
    found = re.fullmatch(r"test accuracy: (.*) before the stream, (.*) after it", line)
    assert found
    assert float(found[1]) < float(found[2]) <= 1


def test_saved_network(tmp_path: Path) -> None:
    line = last_line("saved_network.py", MODEL, DIGITS, folder=tmp_path)
    assert 1700 < number(line.removesuffix(" of 1797 digits recognised"), "") <= 1797
