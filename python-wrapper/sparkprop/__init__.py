"""Backpropagation neural networks as stages of Apache Spark ML.

>>> import sparkprop
>>> from pyspark.sql import SparkSession
>>> spark = sparkprop.configure(SparkSession.builder).getOrCreate()  # doctest: +SKIP

The stages are in ``sparkprop.classification``, ``sparkprop.regression``, ``sparkprop.feature`` and
``sparkprop.evaluation``. Importing starts no JVM and changes nothing.
"""

from sparkprop._errors import TrainingError
from sparkprop._jar import configure, jar
from sparkprop._version import __version__

__all__ = ["TrainingError", "__version__", "configure", "jar"]
