"""What all stages do alike: they are found by their Java names, and say what a session lacks."""

from __future__ import annotations

from typing import Any, TypeVar

from pyspark.ml.util import (
    JavaMLReadable,
    JavaMLReader,
    JavaMLWritable,
    JavaMLWriter,
    MLReadable,
)
from pyspark.sql import is_remote

from sparkprop._connect import remedies, sendable
from sparkprop._jar import check_jar

R = TypeVar("R", bound=MLReadable[Any])


class Persisted(JavaMLWritable, JavaMLReadable[R]):
    """Saved and loaded by Java, in the form that Java and Scala read too."""

    @classmethod
    def read(cls) -> JavaMLReader[R]:
        """Return a reader of saved stages of this class."""
        if not is_remote():
            check_jar(f"{cls.__module__}.{cls.__name__}")
        reader: Any = super().read()
        return reader  # type: ignore[no-any-return]

    @classmethod
    def load(cls, path: str) -> R:
        """Return the stage that was saved under a path."""
        with remedies():
            return super().load(path)

    def write(self) -> JavaMLWriter:
        """Return a writer of this stage."""
        return super().write() if not is_remote() else JavaMLWritable.write(sendable(self))

    def save(self, path: str) -> None:
        """Save this stage under a path where nothing is yet."""
        with remedies():
            super().save(path)
