"""A network as the file that holds it, ``weights.safetensors``, without a disk between."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyspark.ml.util import _jvm


def read(java_model: Any) -> tuple[dict[str, str], dict[str, NDArray[np.float32]]]:
    """Return a Java model's header texts and its tensors by name."""
    from safetensors.numpy import load

    out = _jvm().java.io.ByteArrayOutputStream()
    java_model.trained().saved().write(out)
    content = bytes(out.toByteArray())
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    return header["__metadata__"], load(content)


def write(metadata: dict[str, str], tensors: dict[str, NDArray[np.float32]]) -> Any:
    """Return Java's ``SavedNetwork`` of header texts and tensors."""
    from safetensors.numpy import save

    content = bytearray(save(tensors, metadata=metadata))
    jvm: Any = _jvm()
    stream = jvm.java.io.ByteArrayInputStream(content)
    return jvm.sparkprop.nn.SavedNetwork.read(stream, len(content), "The module")
