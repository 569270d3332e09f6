"""Writes ``sparkprop/_params.py`` from the Java stages: the one table of Params is Java's.

    python generate.py [--check] path/to/sparkprop-all.jar

Names, types, defaults and texts are read by reflection; what stands here is only which Python class
mirrors which Java interface, and which Params PySpark has mixins or setters for already.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TYPES = {
    "IntParam": ("int", "toInt"),
    "LongParam": ("int", "toInt"),
    "DoubleParam": ("float", "toFloat"),
    "BooleanParam": ("bool", "toBoolean"),
    "IntArrayParam": ("list[int]", "toListInt"),
    "DoubleArrayParam": ("list[float]", "toListFloat"),
    "Param": ("str", "toString"),
}
"""Java's class of a Param: the type of its value in Python, and PySpark's converter into it."""

SHARED = {
    "featuresCol",
    "labelCol",
    "predictionCol",
    "rawPredictionCol",
    "probabilityCol",
    "weightCol",
    "inputCol",
    "outputCol",
}
"""Params that PySpark has mixins for; where it tests for a mixin, ours must be that one."""

GROUPS = {
    "NetworkParams": "What the network is: its hidden layers, its output, its loss and its first"
    " weights.",
    "SolverParams": "How one update is made: solver, step, mini-batch, penalty, and the seed of"
    " all randomness.",
    "StoppingParams": "When training stops, and which rows watch it.",
    "DataParams": "How rows are prepared and spread for training.",
    "CheckpointParams": "Where training keeps how far it has come.",
    "TargetParams": "What a regressor does with its target.",
    "PredictionColumns": "The columns of a stage that predicts vectors.",
    "CodeColumns": "The columns of a stage that turns vectors into others.",
    "WhiteningParams": "What whitening does.",
    "EvaluatedColumns": "What an evaluator of vectors compares, and how.",
}
"""Java's interfaces in ``sparkprop.params``, mirrored one to one."""

TRAINING = ["NetworkParams", "SolverParams", "StoppingParams", "DataParams", "CheckpointParams"]


@dataclass(frozen=True)
class Stage:
    """What Java's reflection does not tell of a stage."""

    name: str
    groups: list[str]
    """Interfaces of its own, beside those of training."""
    training: bool = True
    spark_params: str | None = None
    """PySpark's class of the Params that its base class brings."""
    spark_setters: tuple[str, ...] = ()
    """Params that its base class in PySpark has setters for."""


STAGES = [
    Stage(
        "sparkprop.classification.NeuralNetworkClassifier",
        [],
        spark_params="pyspark.ml.classification._ProbabilisticClassifierParams",
        spark_setters=(
            "featuresCol",
            "labelCol",
            "predictionCol",
            "rawPredictionCol",
            "probabilityCol",
        ),
    ),
    Stage(
        "sparkprop.regression.NeuralNetworkRegressor",
        ["TargetParams"],
        spark_params="pyspark.ml.base._PredictorParams",
        spark_setters=("featuresCol", "labelCol", "predictionCol"),
    ),
    Stage(
        "sparkprop.regression.MultiTargetNeuralNetworkRegressor",
        ["TargetParams", "PredictionColumns"],
    ),
    Stage("sparkprop.feature.Autoencoder", ["CodeColumns"]),
    Stage("sparkprop.feature.Whitening", ["WhiteningParams"], training=False),
    Stage(
        "sparkprop.evaluation.MultiTargetRegressionEvaluator", ["EvaluatedColumns"], training=False
    ),
]


@dataclass(frozen=True)
class JavaParam:
    """One Param as Java has it."""

    name: str
    kind: str
    doc: str
    default: Any
    has_default: bool

    @property
    def type(self) -> str:
        """Return the type of its value in Python."""
        return TYPES[self.kind][0]

    @property
    def accepted(self) -> str:
        """Return the type of what its setter takes."""
        return {"list[int]": "Integers", "list[float]": "Numbers"}.get(self.type, self.type)

    @property
    def sentence(self) -> str:
        """Return what it means, for a docstring."""
        said = f"Default {self.default!r}." if self.has_default else "Not set by default."
        if self.name == "outputCol":
            said = "Default: the stage's uid and '__output'."
        if self.name == "seed":
            said = "Default: Java's hash code of the estimator's class name."
        return f"{self.doc}. {said}"


def read_params(spark: Any, java_class: str) -> dict[str, JavaParam]:
    """Return the Params of a fresh Java stage by name, in the order of their names."""
    jvm = spark.sparkContext._jvm
    found = jvm
    for part in java_class.split("."):
        found = getattr(found, part)
    stage = found()
    params = {}
    for param in stage.params():
        default = stage.getDefault(param)
        value = default.get() if default.isDefined() else None
        if value is not None and not isinstance(value, str | int | float | bool):
            value = list(value)
        params[param.name()] = JavaParam(
            param.name(),
            param.getClass().getSimpleName(),
            param.doc(),
            value,
            default.isDefined(),
        )
    return dict(sorted(params.items()))


def group_names(spark: Any, group: str) -> list[str]:
    """Return the names of the Params that an interface of Java declares."""
    loader = spark.sparkContext._jvm.java.lang.Thread.currentThread().getContextClassLoader()
    param = loader.loadClass("org.apache.spark.ml.param.Param")
    methods = loader.loadClass(f"sparkprop.params.{group}").getDeclaredMethods()
    return sorted(
        method.getName()
        for method in methods
        if param.isAssignableFrom(method.getReturnType()) and method.getParameterCount() == 0
    )


def capital(name: str) -> str:
    """Return a name as it stands in the name of a getter."""
    return name[0].upper() + name[1:]


def literal(text: str) -> str:
    """Return a long text as literals of a line each."""
    pieces = textwrap.wrap(text, 84, break_on_hyphens=False, drop_whitespace=False)
    return "(\n" + "\n".join(repr(piece) for piece in pieces) + "\n)"


def docstring(text: str, indent: str = "        ") -> str:
    """Return a docstring: its first sentence on a line of its own."""
    first, _, rest = text.partition("\n")
    lines = [first]
    if rest.strip():
        lines.append("")
        for paragraph in rest.strip().split("\n"):
            lines += textwrap.wrap(paragraph, 100 - len(indent), break_on_hyphens=False)
        lines.append("")
    body = ("\n" + indent).join(lines).replace("\n" + indent + "\n", "\n\n").rstrip(" ")
    raw = "r" if "\\" in body else ""
    return f'{indent}{raw}"""{body}"""'


def declaration(param: JavaParam, attribute: str | None = None) -> str:
    """Return the Param as a member of a class."""
    return (
        f"    {attribute or param.name}: Param[{param.type}] = Param("
        f"Params._dummy(), {param.name!r}, {literal(param.doc)},"
        f" typeConverter=TypeConverters.{TYPES[param.kind][1]})\n"
    )


def getter(param: JavaParam) -> str:
    """Return its getter."""
    owner = f"{param.name!r}" if param.name == "network" else f"self.{param.name}"
    return (
        f"    def get{capital(param.name)}(self) -> {param.type}:\n"
        + docstring(f"Return the value of ``{param.name}``.\n{capital(param.sentence)}")
        + f"\n        value: {param.type} = self.getOrDefault({owner})\n        return value\n"
    )


def setter(param: JavaParam) -> str:
    """Return its setter."""
    return (
        f"    def set{capital(param.name)}(self: P, value: {param.accepted}) -> P:\n"
        + docstring(f"Set ``{param.name}``.\n{capital(param.sentence)}")
        + f"\n        return self._set({param.name}=value)\n"
    )


def defaults(params: Iterable[JavaParam]) -> str:
    """Return an initialiser that sets the defaults."""
    values = ", ".join(
        f"{param.name}={param.default!r}"
        for param in params
        if param.has_default and param.name != "outputCol"
    )
    if not values:
        return ""
    return (
        "    def __init__(self, *args: Any) -> None:\n        super().__init__(*args)\n"
        f"        self._setDefault({values})\n"
    )


def keywords(params: Iterable[JavaParam]) -> str:
    """Return the arguments of a constructor."""
    said = []
    for param in params:
        if param.has_default and param.name != "outputCol":
            default: Any = param.default
            if isinstance(default, list):
                default = tuple(default)
            said.append(f"{param.name}: {param.accepted} = {default!r}")
        else:
            said.append(f"{param.name}: {param.accepted} | None = None")
    return ", ".join(said)


def constructor(stage: Stage, params: dict[str, JavaParam], bases: list[str]) -> str:
    """Return the class with the keyword constructor of a stage and the setters it lacks."""
    name = stage.name.rpartition(".")[2]
    arguments = keywords(params.values())
    meanings = "\n".join(
        f"    {param.name} : {param.type}\n"
        + textwrap.fill(
            capital(param.sentence),
            96,
            initial_indent=" " * 8,
            subsequent_indent=" " * 8,
            break_on_hyphens=False,
        )
        for param in params.values()
    )
    meanings = textwrap.indent(textwrap.dedent(meanings), "        ")
    lines = [
        f"class {name}Constructor({', '.join(bases)}):",
        f'    """The keyword constructor of ``{name}``, and its setters."""',
        "",
        "    _input_kwargs: dict[str, Any]",
        "",
        "    @keyword_only",
        f"    def __init__(self, *, {arguments}) -> None:",
        '        """Make a stage with these Params.',
        "",
        "        Parameters",
        "        ----------",
        meanings,
        '        """',
        "        super().__init__()",
        f"        self._java_obj = java_stage(self, {stage.name!r})",
        "        self.setParams(**self._input_kwargs)",
        "",
        "    @keyword_only",
        f"    def setParams(self: P, *, {arguments}) -> P:",
        '        """Set Params by their names, as the constructor does."""',
        "        given: dict[str, Any] = self._input_kwargs  # type: ignore[attr-defined]",
        "        return self._set(**{name: v for name, v in given.items() if v is not None})",
        "",
    ]
    for param in params.values():
        if param.name not in stage.spark_setters and not (stage.training and param.name in TRAINED):
            lines.append(setter(param))
    return "\n".join(lines)


TRAINED: set[str] = set()
"""Names of the Params whose setters ``TrainingSetters`` has; filled while rendering."""


def mixin(param: str) -> str:
    """Return the name of PySpark's mixin for a shared Param."""
    return f"Has{capital(param)}"


def render(spark: Any) -> str:
    """Return the text of the module."""
    fresh = {stage.name: read_params(spark, stage.name) for stage in STAGES}
    example = {
        group: next(
            stage.name
            for stage in STAGES
            if group in stage.groups
            or (stage.training and group in TRAINING)
            or (group == "CodeColumns" and stage.name.endswith("Autoencoder"))
        )
        for group in GROUPS
    }
    parts: list[str] = []
    owned: dict[str, list[str]] = {}
    imports = {mixin("weightCol")}
    TRAINED.clear()
    for group, meaning in GROUPS.items():
        params = fresh[example[group]]
        names = [name for name in group_names(spark, group) if name != "loss"]
        owned[group] = names + (["network"] if group == "NetworkParams" else [])
        if group in TRAINING:
            TRAINED.update(owned[group])
        shared = [mixin(name) for name in names if name in SHARED]
        imports.update(shared)
        base = {"WhiteningParams": ["CodeColumns"]}.get(group, [])
        bases = base + shared or ["Params"]
        own = [params[name] for name in names if name not in SHARED]
        lines = [f"class {group}({', '.join(bases)}):", f'    """{meaning}"""', ""]
        lines += [declaration(param) for param in own]
        lines.append(
            # Models keep `network` under another name, and the seed hangs on the stage.
            defaults(
                params[name] for name in owned[group] if name not in ("seed", "network")
            ).rstrip("\n")
        )
        lines.append("")
        lines += [getter(param) for param in own]
        if group == "NetworkParams":
            lines.append(getter(params["network"]))
        parts.append("\n".join(lines))
    owned["WhiteningParams"] = owned["WhiteningParams"] + owned["CodeColumns"]

    parts.append(
        f"class TrainingParams({', '.join(TRAINING)}):\n"
        '    """All Params that training shares: those of an estimator and of its model."""\n'
    )
    network = fresh[STAGES[0].name]
    parts.append(
        "\n".join(
            [
                "class TrainingSetters(TrainingParams):",
                '    """The setters of an estimator for ``TrainingParams``."""',
                "",
                # A model's `network` is a text: so only estimators have the Param by this name.
                declaration(network["network"]),
                defaults([network["network"]]),
                *[setter(network[name]) for name in sorted(TRAINED)],
            ]
        )
    )

    for stage in STAGES:
        name = stage.name.rpartition(".")[2]
        params = fresh[stage.name]
        groups = (["TrainingParams"] if stage.training else []) + stage.groups
        known = {owner for group in stage.groups for owner in owned[group]}
        known |= TRAINED if stage.training else set()
        left = [param for param in params.values() if param.name not in known]
        bases = groups[:]
        if stage.spark_params:
            bases += [mixin("weightCol"), stage.spark_params.rpartition(".")[2]]
        unknown = {param.name for param in left} - SHARED - {"thresholds", "loss"}
        if unknown:
            raise ValueError(f"{name} has Params that no group owns: {sorted(unknown)}.")
        lines = []
        if bases != [f"{name}Params"]:
            lines = [
                f"class {name}Params({', '.join(bases)}):",
                f'    """The Params that ``{name}`` and its model share."""',
                "",
            ]
            if "thresholds" in params:
                lines.append(declaration(params["thresholds"]))
            if stage.training:
                lines.append(declaration(params["loss"]))
                lines.append(defaults([params["loss"], params["seed"]]))
                lines.append(getter(params["loss"]))
            parts.append("\n".join(lines))
        owner = f"{name}Params"
        setters = ["TrainingSetters"] if stage.training else []
        parts.append(constructor(stage, params, ["JavaParams", *setters, owner]))

    header = [
        f'"""{HEADER}"""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Sequence",
        "from typing import TYPE_CHECKING, Any, TypeVar, Union",
        "",
        "from pyspark import keyword_only",
        "from pyspark.ml.base import _PredictorParams",
        "from pyspark.ml.classification import _ProbabilisticClassifierParams",
        "from pyspark.ml.param import Param, Params, TypeConverters",
        f"from pyspark.ml.param.shared import {', '.join(sorted(imports))}",
        "from pyspark.ml.wrapper import JavaParams",
        "",
        "from sparkprop._jar import java_stage",
        "",
        "if TYPE_CHECKING:",
        "    import numpy as np",
        "    from numpy.typing import NDArray",
        "    from pyspark.ml.linalg import Vector",
        "",
        "    Integers = Union[Sequence[int], NDArray[np.integer[Any]]]",
        "    Numbers = Union[Sequence[float], NDArray[np.floating[Any]], Vector]",
        "",
        'P = TypeVar("P", bound=Params)',
        "",
    ]
    return formatted("\n".join(header) + "\n\n" + "\n\n".join(parts))


HEADER = """The Params of all stages, mirrored from Java's interfaces ``sparkprop.params``.

Written by ``generate.py`` from the Java stages, whose Params are the one table: change those, and
run it again.
"""


def formatted(text: str) -> str:
    """Return the text as ruff lays it out."""
    text = re.sub(r"\n{4,}", "\n\n\n", text)
    config = ["--config", str(Path(__file__).with_name("pyproject.toml"))]
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", *config, "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise ValueError(f"ruff cannot read what was written: {run.stderr}\n{text}")
    return run.stdout


def main() -> None:
    """Write the module, or check that it is what would be written."""
    from pyspark.sql import SparkSession

    checks = "--check" in sys.argv
    builder = SparkSession.builder.master("local[1]").config("spark.jars", sys.argv[-1])
    spark = builder.config("spark.ui.enabled", "false").getOrCreate()
    try:
        text = render(spark)
    finally:
        spark.stop()
    target = Path(__file__).with_name("sparkprop") / "_params.py"
    if not checks:
        target.write_text(text, encoding="utf-8")
    elif target.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{target.name} is not what the Java stages say: run generate.py again.")


if __name__ == "__main__":
    main()
