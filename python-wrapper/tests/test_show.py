"""What users see of models and training: plots, tables and bars."""

import io
import math
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline
from pyspark.ml.classification import MultilayerPerceptronClassifier
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import DataFrame, SparkSession
from tqdm import tqdm

from sparkprop import _progress
from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier
from sparkprop.feature import Autoencoder, Whitening, WhiteningModel
from sparkprop.regression import MultiTargetNeuralNetworkRegressor, NeuralNetworkRegressor

mpl.use("Agg")


def classifier(**params: Any) -> NeuralNetworkClassifier:
    return NeuralNetworkClassifier(**{"network": "dense(6) tanh", "solver": "l-bfgs", **params})


@pytest.fixture(scope="module")
def model(clouds: DataFrame) -> NeuralNetworkClassificationModel:
    return classifier(validationIndicatorCol="validates", maxIter=8).fit(clouds)


@pytest.fixture
def pyplot() -> Iterator[Any]:
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


def drawn(ax: Any) -> dict[str, Any]:
    return {line.get_label(): line for line in ax.get_lines()}


def test_a_plot_shows_losses_and_gradients(model: Any, pyplot: Any) -> None:
    summary = model.summary
    axes = summary.plot()
    assert axes.shape == (2,)
    losses = drawn(axes[0])
    best = f"best pass, {summary.bestIteration}"
    assert list(losses) == ["objective", "validation loss", best]
    assert list(losses["objective"].get_xdata()) == list(range(9))
    assert list(losses["objective"].get_ydata()) == list(summary.objectiveHistory)
    assert list(losses["validation loss"].get_xdata()) == list(range(1, 9))
    assert list(losses["validation loss"].get_ydata()) == summary.validationHistory
    assert set(losses[best].get_xdata()) == {summary.bestIteration}
    assert [text.get_text() for text in axes[0].get_legend().get_texts()] == list(losses)
    assert (axes[0].get_xlabel(), axes[0].get_ylabel()) == ("pass", "loss")
    gradients = drawn(axes[1])
    assert list(gradients) == ["dense1", "output"]
    norms = np.array(summary.gradientNormHistory)
    assert list(gradients["output"].get_ydata()) == list(norms[:, 2])
    assert axes[1].get_yscale() == "log"
    assert len(pyplot.get_fignums()) == 1


def test_a_plot_goes_where_it_is_told(model: Any, pyplot: Any) -> None:
    _, ax = pyplot.subplots()
    assert model.summary.plot(ax)[0] is ax
    assert "objective" in drawn(ax)
    _, axes = pyplot.subplots(2, 1)
    assert list(model.summary.plot(axes=axes)) == list(axes)
    assert "dense1" in drawn(axes[1])
    assert len(pyplot.get_fignums()) == 2


def test_a_plot_without_a_pass(clouds: DataFrame, pyplot: Any) -> None:
    axes = classifier(maxIter=0).fit(clouds).summary.plot()
    assert axes.shape == (1,)
    assert list(drawn(axes[0])) == ["objective"]


def test_a_plot_says_what_it_lacks(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"pip install sparkprop\[plot\]"):
        model.summary.plot()


def test_models_are_tables_in_notebooks(model: Any) -> None:
    html = model._repr_html_()
    for name, value in [
        ("network", "dense(6) tanh"),
        ("features", "4"),
        ("classes", "3"),
        ("parameters", "51"),
        ("passes", "8"),
        ("best pass", str(model.summary.bestIteration)),
        ("stopped because", model.summary.stopReason),
        ("last objective", f"{model.summary.objectiveHistory[-1]:.6g}"),
        ("last validation loss", f"{model.summary.validationHistory[-1]:.6g}"),
    ]:
        assert f'>{name}</th><td style="text-align: left">{value}</td>' in html
    assert "NeuralNetworkClassificationModel" in html


def test_tables_escape_and_leave_out(model: Any, tmp_path: Path) -> None:
    model.write().overwrite().save(str(tmp_path / "model"))
    loaded = NeuralNetworkClassificationModel.load(str(tmp_path / "model"))
    loaded.uid = "<script>&"
    html = loaded._repr_html_()
    assert "&lt;script&gt;&amp;" in html
    assert "<script>" not in html
    assert "dense(6) tanh" in html
    for cls in [NeuralNetworkClassificationModel, WhiteningModel]:
        empty = cls()
        assert "table" in empty._repr_html_()
        assert repr(empty) == f"{cls.__name__}: uid={empty.uid}"


def test_a_model_without_summary_is_a_table(clouds: DataFrame) -> None:
    mllib = MultilayerPerceptronClassifier(layers=[4, 5, 3], maxIter=1).fit(clouds)
    model = NeuralNetworkClassificationModel.fromMLlib(mllib)
    assert not model.hasSummary
    html = model._repr_html_()
    assert f">{model.network()}</td>" in html
    assert "passes" not in html


def test_all_models_are_shown(model: Any, line: DataFrame) -> None:
    small: Any = {"maxIter": 2, "hiddenLayers": [2]}
    one = NeuralNetworkRegressor(**small).fit(line)
    several = MultiTargetNeuralNetworkRegressor(labelCol="labels", **small).fit(line)
    coder = Autoencoder(inputCol="features", **small).fit(line)
    white = Whitening(inputCol="features").fit(line)
    assert "network=dense(6) tanh, numClasses=3, numFeatures=4, numParameters=51" in repr(model)
    for shown, fact, row in [
        (one, "network=dense(2) relu", "network"),
        (several, "numTargets=2", "targets"),
        (coder, "codeSize=2", "size of the code"),
        (white, "size=2", "size"),
    ]:
        assert repr(shown).startswith(f"{type(shown).__name__}: uid=")
        assert fact in repr(shown)
        assert f">{row}</th>" in shown._repr_html_()
        assert ">features</th>" in shown._repr_html_()


class Recorder:
    """A bar that remembers; one like it is made for each fit."""

    made: list["Recorder"]

    def __init__(self, total: int, desc: str, unit: str) -> None:
        self.total, self.desc, self.n, self.closed, self.told = total, desc, 0, 0, ""
        self.thread = threading.current_thread()
        Recorder.made.append(self)

    def set_postfix_str(self, text: str, refresh: bool) -> None:
        self.told = text

    def update(self, more: int) -> None:
        self.n += more

    def refresh(self) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def bars(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Recorder]]:
    Recorder.made = []
    monkeypatch.setattr(_progress, "new_bar", Recorder)
    spark.conf.set(_progress.SETTING, "true")
    yield Recorder.made
    spark.conf.unset(_progress.SETTING)


def watchers() -> int:
    return sum(thread.name.endswith("(_follow)") for thread in threading.enumerate())


def test_fit_shows_its_passes(clouds: DataFrame, bars: list[Recorder]) -> None:
    estimator = classifier(validationIndicatorCol="validates", maxIter=7)
    first = estimator.fit(clouds)
    estimator.fit(clouds, {estimator.maxIter: 3})
    assert [(bar.desc, bar.n, bar.total, bar.closed) for bar in bars] == [
        ("NeuralNetworkClassifier", 7, 7, 1),
        ("NeuralNetworkClassifier", 3, 3, 1),
    ]
    assert bars[0].told.startswith(f"objective={first.summary.objectiveHistory[-1]:.4g}, ")
    assert f"validation={first.summary.validationHistory[-1]:.4g}, " in bars[0].told
    assert bars[0].told.endswith(" rows/s")
    assert watchers() == 0


def test_a_bar_changes_no_model(clouds: DataFrame, bars: list[Recorder]) -> None:
    estimator = classifier(maxIter=4, seed=3)
    shown = estimator.fit(clouds)
    assert len(bars) == 1
    clouds.sparkSession.conf.set(_progress.SETTING, "false")
    quiet = estimator.fit(clouds)
    assert len(bars) == 1
    assert shown.weights() == quiet.weights()
    assert shown.uid == quiet.uid
    assert shown.extractParamMap().keys() == quiet.extractParamMap().keys()


def test_an_early_end_fills_the_bar(clouds: DataFrame, bars: list[Recorder]) -> None:
    model = classifier(maxIter=500, tol=1e-2).fit(clouds)
    assert bars[0].n == bars[0].total == model.summary.totalIterations < 500


def test_a_bar_ends_with_a_fit_that_fails(clouds: DataFrame, bars: list[Recorder]) -> None:
    with pytest.raises(IllegalArgumentException):
        classifier(featuresCol="nowhere").fit(clouds)
    assert [bar.closed for bar in bars] == [1]
    assert bars[0].n < bars[0].total
    assert watchers() == 0


def test_a_bar_ends_with_an_interrupt(bars: list[Recorder]) -> None:
    latest = SimpleNamespace(report=lambda: None)
    with pytest.raises(KeyboardInterrupt), _progress.shown(latest, "name", 5):
        raise KeyboardInterrupt
    assert [bar.closed for bar in bars] == [1]
    assert watchers() == 0


@pytest.mark.parametrize("broken", ["__init__", "update", "set_postfix_str", "close"])
def test_a_bar_that_fails_fails_no_fit(
    broken: str, clouds: DataFrame, bars: list[Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the terminal is gone")

    monkeypatch.setattr(Recorder, broken, fail)
    assert classifier(maxIter=2).fit(clouds).summary.totalIterations == 2
    assert watchers() == 0


def test_a_bar_moves_while_training_goes_on(
    bars: list[Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_progress, "SECONDS", 0.01)
    number = 0
    moved = threading.Event()
    monkeypatch.setattr(
        Recorder, "update", lambda bar, more: (setattr(bar, "n", bar.n + more), moved.set())
    )

    def report() -> Any:
        facts = {"pass": number, "objective": 0.5, "validationLoss": math.nan}
        facts["samplesPerSecond"] = 12345.0
        return SimpleNamespace(**{k: lambda v=v: v for k, v in facts.items()})

    with _progress.shown(SimpleNamespace(report=report), "name", 9):
        for number in [1, 2, 5]:  # noqa: B007 - report tells it
            assert moved.wait(10)
            moved.clear()
        assert bars[0].told == "objective=0.5, 12,345 rows/s"
    assert bars[0].n == 5


def test_tqdm_writes_what_it_is_told(
    spark: SparkSession, clouds: DataFrame, bars: list[Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(_progress, "new_bar", lambda **given: tqdm(file=written, **given))
    Pipeline(stages=[classifier(maxIter=6)]).fit(clouds)
    last = written.getvalue().replace("\r", "\n").strip().splitlines()[-1]
    assert last.startswith("NeuralNetworkClassifier: 100%")
    assert "6/6" in last
    assert "objective=" in last


def test_who_is_shown_a_bar(
    spark: SparkSession, clouds: DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert not _progress.wanted(spark)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert _progress.wanted(spark)
    found = []
    worker = threading.Thread(target=lambda: found.append(_progress.wanted(spark)))
    worker.start()
    worker.join()
    assert found == [False]
    spark.conf.set(_progress.SETTING, "false")
    try:
        assert not _progress.wanted(spark)
        spark.conf.set(_progress.SETTING, "loud")
        with pytest.warns(UserWarning, match="is true or false, not 'loud'"):
            _progress.wanted(spark)
    finally:
        spark.conf.unset(_progress.SETTING)
    monkeypatch.setattr(sys, "stderr", None)
    kernel = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", kernel)  # type: ignore[arg-type]
    assert _progress.wanted(spark)


def test_without_tqdm_there_is_none(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress.importlib.util, "find_spec", lambda name: None)
    spark.conf.set(_progress.SETTING, "true")
    try:
        with pytest.warns(UserWarning, match=r"pip install sparkprop\[progress\]"):
            assert not _progress.wanted(spark)
    finally:
        spark.conf.unset(_progress.SETTING)


def test_a_parallel_search_has_a_bar_for_each_fit_if_asked(
    clouds: DataFrame, bars: list[Recorder]
) -> None:
    estimator = classifier(maxIter=3)
    search = CrossValidator(
        estimator=Pipeline(stages=[estimator]),
        estimatorParamMaps=ParamGridBuilder().addGrid(estimator.regParam, [0.0, 0.1]).build(),
        evaluator=MulticlassClassificationEvaluator(),
        numFolds=2,
        parallelism=2,
    )
    search.fit(clouds)
    assert len(bars) == 2 * 2 + 1
    assert all(bar.closed == 1 and bar.n == bar.total for bar in bars)
    main = threading.main_thread()
    assert [bar.thread is main for bar in bars] == [False] * 4 + [True]
