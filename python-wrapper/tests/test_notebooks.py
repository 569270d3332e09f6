"""The notebooks run from top to bottom, and are stored as a reader should find them."""

import os
import re
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pyarrow as pa
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from pyarrow import parquet

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# Not the rest of a relative path, of an address or of a closing tag.
ABSOLUTE = re.compile(r"(?<![\w./<])/\w+/\w|file:/|\b[A-Z]:\\\w")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


class ThisPython(AsyncKernelManager):
    """Kernels of the interpreter that runs the tests, whichever ``python3`` Jupyter knows."""

    def __init__(self, **given: Any) -> None:
        super().__init__(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), **given)


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small file with the columns and the months of the flights, whose evenings are late."""
    airports = ["ATL", "DFW", "LAX", "ORD", "SEA"]
    rows = []
    for i in range(12_000):
        date = datetime(2001, 1, 1) + timedelta(minutes=21 * i)
        origin, destination = airports[i % 5], airports[(i + 1 + i // 7 % 4) % 5]
        delay = 3 * (date.hour - 12) + (31 * i) % 37 - 18
        distance = 300 + 150 * (i % 5) + 70 * (i // 7 % 4)
        rows.append([date, delay, distance, origin, destination])
    names = ["date", "delay", "distance", "origin", "destination"]
    file = tmp_path_factory.mktemp("flights") / "flights.parquet"
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    parquet.write_table(pa.table(columns, names=names), file)
    return file


def eventually(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait for what takes a moment."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def is_over(pid: int) -> bool:
    """Tell whether a process has ended, be it that nobody has asked for its status yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_it_runs(
    path: Path, flights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples" / "data", tmp_path / "examples" / "data")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setenv("SPARKPROP_NOTEBOOKS", "small")
    monkeypatch.setenv("FLIGHTS", str(flights))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    # The kernel must find sparkprop where it is installed, and nothing beside the notebook.
    monkeypatch.delenv("PYTHONPATH", raising=False)
    notebook = nbformat.read(path, as_version=4)
    asked = "from pyspark import SparkContext\nSparkContext._gateway.proc.pid"
    notebook.cells.append(nbformat.v4.new_code_cell(asked))
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        kernel_manager_class=ThisPython,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    jvm = int(notebook.cells[-1].outputs[0].data["text/plain"])
    assert eventually(lambda: is_over(jvm), seconds=30), "the JVM of the kernel is still there"
    assert os.listdir(folder) == [], "a notebook leaves nothing behind"


def test_it_is_stored_with_results_worth_reading(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    assert path.stat().st_size < 400_000
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")
    assert notebook.cells[1].metadata.tags == ["parameters"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all("execution" not in cell.metadata for cell in code), "times of execution"
    outputs = [output for cell in code for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not any(output.output_type == "error" for output in outputs)
    assert not any(output.get("name") == "stderr" for output in outputs)
    said = [output.get("text", "") for output in outputs]
    said += [
        text
        for output in outputs
        for kind, text in output.get("data", {}).items()
        if kind.startswith("text/")
    ]
    for text in [*said, *(cell.source for cell in notebook.cells)]:
        found = ABSOLUTE.search(text)
        assert found is None, f"a path of some machine: {found}"
