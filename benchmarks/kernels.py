"""The kernels, each by itself, with JMH."""

from argparse import Namespace

import build
from contender import show

SHORT = ["-f", "1", "-wi", "3", "-w", "500ms", "-i", "5", "-r", "500ms"]
QUICK = ["-f", "1", "-wi", "1", "-w", "100ms", "-i", "1", "-r", "100ms"]


def measure(options: Namespace) -> None:
    path = build.class_path("jmh")
    path = build.compile_java("jmh", path, "-processorpath", path)
    logging = f"-Dlog4j2.configurationFile={build.ROOT / 'examples/log4j2.properties'}"
    show(["java", "-Xmx4g", *build.jvm_options(), logging, "-cp", path,
          "org.openjdk.jmh.Main", *(QUICK if options.quick else SHORT)])
