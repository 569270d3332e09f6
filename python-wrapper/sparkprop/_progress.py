"""A bar that shows how far ``fit`` is."""

from __future__ import annotations

import importlib.util
import logging
import math
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

from pyspark.ml.util import _jvm
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame, SparkSession, is_remote

M = TypeVar("M", bound=JavaModel)

SETTING = "spark.sparkprop.progress"
SECONDS = 0.2

_log = logging.getLogger(__name__)


class ShowsProgress(JavaEstimator[M], Generic[M]):
    """An estimator whose ``fit`` shows a bar: of its passes, over Spark Connect of Spark's tasks.

    The session's setting ``spark.sparkprop.progress`` says when: "true" is each fit in each thread,
    "false" none. Without it, fits of the main thread in a terminal or notebook that has tqdm.
    """

    def _fit(self, dataset: DataFrame) -> M:
        if not is_remote() or not wanted(dataset.sparkSession):
            return super()._fit(dataset)
        with tasks_shown(dataset.sparkSession, type(self).__name__):
            return super()._fit(dataset)

    def _fit_java(self, dataset: DataFrame) -> Any:
        if not wanted(dataset.sparkSession):
            return super()._fit_java(dataset)
        self._transfer_params_to_java()
        # A copy, so that the estimator keeps no listener of a fit that is over.
        jvm: Any = _jvm()
        java: Any = self._java_obj
        java = java.copy(jvm.org.apache.spark.ml.param.ParamMap())
        latest = jvm.sparkprop.train.LatestPass()
        java.addListener(latest)
        passes = self.getOrDefault("maxIter")
        with shown(latest, type(self).__name__, passes):
            return java.fit(dataset._jdf)


def wanted(session: SparkSession) -> bool:
    """Tell whether a fit in this thread shows a bar."""
    setting = (session.conf.get(SETTING, None) or "").strip().lower()
    installed = importlib.util.find_spec("tqdm") is not None
    if setting == "true":
        if not installed:
            warnings.warn(f"{SETTING} needs tqdm: pip install sparkprop[progress]", stacklevel=2)
        return installed
    if setting not in ("", "false"):
        warnings.warn(f"{SETTING} is true or false, not {setting!r}.", stacklevel=2)
    return (
        setting != "false"
        and installed
        and threading.current_thread() is threading.main_thread()
        and (_is_terminal(sys.stderr) or _in_kernel())
    )


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):  # None, or closed
        return False


def _in_kernel() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


@contextmanager
def shown(latest: Any, name: str, passes: int) -> Iterator[None]:
    """Show what a listener was told last, until the body ends, whichever way it does."""
    bar = _bar_or_none(total=passes, desc=name, unit="pass")
    if bar is None:
        yield
        return
    over = threading.Event()
    watch = threading.Thread(target=_follow, args=(bar, latest, over), daemon=True)
    ended_well = False
    try:
        watch.start()
        yield
        ended_well = True
    finally:
        over.set()
        try:
            watch.join(timeout=10 * SECONDS)
            if ended_well:
                _update(bar, latest)
                # Training that stopped early is done, too.
                bar.total = bar.n
                bar.refresh()
            bar.close()
        except Exception:
            _log.debug("the progress bar did not close", exc_info=True)


def new_bar(**options: Any) -> Any:
    """Return tqdm's bar for where we are, a notebook or a terminal."""
    from tqdm.auto import tqdm

    return tqdm(**options)


@contextmanager
def tasks_shown(session: SparkSession, name: str) -> Iterator[None]:
    """Show how many tasks a server has done for this thread, until the body ends.

    Spark's server tells its clients of tasks alone, every two seconds, and nobody knows how many
    there will be.
    """
    bar = _bar_or_none(total=None, desc=name, unit=" tasks")
    if bar is None:
        yield
        return
    mine = threading.get_ident()

    def follow(stages: Iterable[Any] | None, inflight_tasks: int, **_: Any) -> None:
        # A client has one list of handlers for whatever its threads do.
        if threading.get_ident() != mine:
            return
        try:
            bar.set_postfix_str(f"{inflight_tasks} running", refresh=False)
            bar.update(max(sum(s.num_completed_tasks for s in stages or ()) - bar.n, 0))
        except Exception:
            _log.debug("the progress bar stopped", exc_info=True)

    session.registerProgressHandler(follow)
    try:
        yield
    finally:
        with suppress(ValueError):  # the body may have cleared all handlers
            session.removeProgressHandler(follow)
        try:
            bar.close()
        except Exception:
            _log.debug("the progress bar did not close", exc_info=True)


def _bar_or_none(**options: Any) -> Any:
    try:
        return new_bar(**options)
    except Exception:
        _log.debug("no progress bar", exc_info=True)
        return None


def _follow(bar: Any, latest: Any, over: threading.Event) -> None:
    """Ask Java time and again; what goes wrong ends the bar's course, not the fit."""
    try:
        while not over.wait(SECONDS):
            _update(bar, latest)
    except Exception:
        _log.debug("the progress bar stopped", exc_info=True)


def _update(bar: Any, latest: Any) -> None:
    report = latest.report()
    if report is None:
        return
    number = int(getattr(report, "pass")())
    if number <= bar.n:
        return
    facts = [f"objective={report.objective():.4g}"]
    validation = report.validationLoss()
    if not math.isnan(validation):
        facts.append(f"validation={validation:.4g}")
    facts.append(f"{report.samplesPerSecond():,.0f} rows/s")
    bar.set_postfix_str(", ".join(facts), refresh=False)
    bar.update(number - bar.n)
