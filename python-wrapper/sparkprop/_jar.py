"""The jar that rides in the wheel, and the way from a Python class to its Java one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark.ml.util import _jvm
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import is_remote

from sparkprop._version import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JARS = "spark.jars"


def jar() -> str:
    """Return the path of the jar with all that Spark does not carry, for ``--jars``.

    Raises
    ------
    FileNotFoundError
        If this copy of the package has none, as a checkout that was not built.
    """
    found = sorted(Path(__file__).with_name("jars").glob("sparkprop-*-all.jar"))
    if len(found) != 1:
        raise FileNotFoundError(
            f"{Path(__file__).parent} holds {len(found)} jars instead of one: install the wheel,"
            " which './mvnw -Ppython package' builds."
        )
    return str(found[0])


def configure(builder: SparkSession.Builder) -> SparkSession.Builder:
    """Put the jar on the class path of the session that a builder will make.

    Jars that the builder has already stay; so do packages, which are another setting. It must be
    called before the first session of the process is made, since a JVM that runs takes no jar into
    its class path any more.

    Parameters
    ----------
    builder : SparkSession.Builder
        ``SparkSession.builder``, with or without settings.

    Returns
    -------
    SparkSession.Builder
        The same builder.

    Examples
    --------
    >>> from pyspark.sql import SparkSession
    >>> builder = SparkSession.builder.master("local[2]").config("spark.jars", "mine.jar")
    >>> sparkprop.configure(builder)._options["spark.jars"].split(",")[0]
    'mine.jar'
    """
    jars = [path for path in str(builder._options.get(JARS, "")).split(",") if path]
    if jar() not in jars:
        jars.append(jar())
    return builder.config(JARS, ",".join(jars))


def java_stage(stage: Any, java_class: str) -> Any:
    """Return the Java object behind a new Python stage.

    Raises
    ------
    RuntimeError
        If there is no session, or it has no jar, or one of another version.
    """
    if not is_remote():
        check_jar(java_class)
    return JavaWrapper._new_java_obj(java_class, stage.uid)


def check_jar(java_class: str) -> Any:
    """Return Java's class; refuse a session without the jar, or with one of another version."""
    from py4j.java_gateway import JavaClass
    from pyspark import SparkContext

    if SparkContext._active_spark_context is None:
        raise RuntimeError(
            "There is no Spark session: make one first, by"
            " sparkprop.configure(SparkSession.builder).getOrCreate()."
        )
    found: Any = _jvm()
    for name in java_class.split("."):
        found = getattr(found, name)
    if not isinstance(found, JavaClass):
        raise RuntimeError(
            "The Spark session has no Sparkprop jar on its class path: stop it and make it by"
            " sparkprop.configure(SparkSession.builder).getOrCreate(), or start Spark with"
            f" --jars {jar_or_name()}."
        )
    version = python_version(found._java_lang_class.getPackage().getImplementationVersion())
    if version is not None and version != __version__:
        raise RuntimeError(
            f"The Spark session has the Sparkprop jar of version {version}, but this Python package"
            f" is version {__version__}: use the jar that sparkprop.jar() names, or install"
            f" sparkprop=={version}."
        )
    return found


def python_version(java_version: str | None) -> str | None:
    """Return a version of Maven's as Python writes it; None where classes come from no jar."""
    return None if java_version is None else java_version.replace("-SNAPSHOT", ".dev0")


def jar_or_name() -> str:
    try:
        return jar()
    except FileNotFoundError:
        return "sparkprop-spark4_2.13-VERSION-all.jar"
