"""What all stages do alike: they are found by their Java names, and say what a session lacks."""

from __future__ import annotations

from typing import Any, TypeVar

from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable, MLReadable
from pyspark.sql import is_remote

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
