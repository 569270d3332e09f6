"""The version, which is the jar's: ``-SNAPSHOT`` is ``.dev0``."""

__version__ = "0.1.0.dev0"
