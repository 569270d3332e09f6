"""What an update costs on few and many partitions, for small and large networks, and a model of it."""

import os
import subprocess
from argparse import Namespace
from pathlib import Path

import build
from contender import show

# Hidden units that make 10 k, 200 k, 2 M, 10 M and 50 M weights behind 784 features.
UNITS = "13,256,2516,12579,62893"
PARTITIONS = "1,2,4,8,16,32"

# Where all is in one JVM; where the model's numbers come from; where they are checked.
MASTERS = ["local[2]", "local-cluster[1,2,5120]", "local-cluster[2,1,5120]"]


def measure(options: Namespace) -> None:
    command = build.java("-Xmx5g")
    path = command[-1]
    environment = {**os.environ, "SPARK_HOME": str(build.spark_home(path)), "SPARK_SCALA_VERSION": "2.13"}
    measured: list[str] = []
    for master in MASTERS:
        output = build.TARGET / f"scaling-{len(measured)}.txt"
        with output.open("w") as lines:
            subprocess.run(
                [*with_settings(command, master, path), "Scaling",
                 "2,8" if options.quick else PARTITIONS,
                 "13,256" if options.quick else UNITS],
                check=True, env=environment, stdout=lines,
            )
        measured.append(str(output))
    show([build.python(), str(build.HERE / "scaling_model.py"), *measured])


def with_settings(command: list[str], master: str, path: str) -> list[str]:
    """Executors take Spark's jars from SPARK_HOME, and the folders of classes from here."""
    classes = os.pathsep.join(entry for entry in path.split(os.pathsep) if Path(entry).is_dir())
    return [command[0], f"-Dspark.master={master}", "-Dspark.executor.memory=5g",
            f"-Dspark.executor.extraClassPath={classes}", *command[1:]]
