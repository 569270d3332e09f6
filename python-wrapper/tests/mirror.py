"""Which Java classes Python mirrors, found in the jar itself."""

from __future__ import annotations

import importlib
import zipfile
from typing import Any

import sparkprop

# Not connect, whose clients go on using the classes of PySpark itself.
PACKAGES = ["classification", "regression", "feature", "evaluation"]

# What Java offers for reasons that Python does not have.
JAVA_ONLY = {
    # Java and JVM plumbing.
    "copy", "read", "load", "write", "getClass", "equals", "hashCode", "toString", "wait", "notify",
    "notifyAll", "estimatedSize", "trained", "record", "accumulate",
    # Spark's traits, which PySpark mirrors in its own way.
    "trainingSummary", "trainingSummary_$eq", "summaryOrNull", "saveSummary", "loadSummary",
    "transformSchema", "findSummaryModel", "train", "transform",
    # Decisions that PySpark leaves to Java.
    "raw2probabilityInPlace", "raw2prediction", "probability2prediction", "standardizesTargets",
    # Behind `from_torch`.
    "fromNetwork",
    # A field in Python.
    "uid",
    # Java's way to share declarations of Params.
    "predictionColumns", "codeColumns", "evaluatedColumns", "trainingParams", "networkParams",
    "solverParams", "stoppingParams", "dataParams", "checkpointParams", "targetParams",
    "whiteningParams",
    # Listeners are Java objects; `fit` shows what they are told.
    "addListener",
}  # fmt: skip


def java_names() -> list[str]:
    """Return the public classes of the stage packages, by the jar's own list."""
    found = []
    with zipfile.ZipFile(sparkprop.jar()) as archive:
        for name in archive.namelist():
            if not name.endswith(".class"):
                continue
            parts = name.removesuffix(".class").split("/")
            ours = len(parts) == 3 and parts[0] == "sparkprop" and parts[1] in PACKAGES
            if ours and "$" not in name and parts[2] != "package-info":
                found.append(".".join(parts))
    return sorted(found)


def java_class(spark: Any, name: str) -> Any:
    """Return Java's ``Class`` of this name, by the loader that has the jar."""
    loader = spark.sparkContext._jvm.java.lang.Thread.currentThread().getContextClassLoader()
    return loader.loadClass(name)


def is_public(spark: Any, java: Any) -> bool:
    """Tell whether a Java class or member is public."""
    return bool(spark.sparkContext._jvm.java.lang.reflect.Modifier.isPublic(java.getModifiers()))


def public_names(spark: Any) -> list[str]:
    """Return the names of the public classes among them."""
    return [name for name in java_names() if is_public(spark, java_class(spark, name))]


def members(spark: Any, name: str) -> set[str]:
    """Return the names of the public methods that the project's own classes declare for it."""
    found: set[str] = set()
    for method in java_class(spark, name).getMethods():
        owner = method.getDeclaringClass().getName()
        if owner.startswith("sparkprop.") and not method.isSynthetic():
            found.add(method.getName())
    return {member for member in found if "$" not in member}


def python_class(name: str) -> Any:
    """Return the Python class of the same dotted name."""
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module), last)
