"""Builds the project, the benchmarks' own classes and the peers, all under target/."""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = ROOT / "target" / "benchmarks"


def class_path(*profiles: str) -> str:
    """Compiles the project; its classes and all they need, as a class path."""
    TARGET.mkdir(parents=True, exist_ok=True)
    listing = TARGET / "-".join(["classpath", *profiles])
    subprocess.run(
        [ROOT / "mvnw", "-q", "-B", *(f"-P{profile}" for profile in profiles),
         "compile", "dependency:build-classpath",
         "-Dmdep.includeScope=compile", f"-Dmdep.outputFile={listing}"],
        cwd=ROOT, check=True,
    )
    return os.pathsep.join([str(ROOT / "target/classes"), listing.read_text()])


def compile_java(folder: str, path: str, *options: str) -> str:
    """Compiles a folder of benchmarks; the class path with them in front."""
    classes = TARGET / f"{folder}-classes"
    sources = [str(source) for source in sorted((HERE / folder).glob("*.java"))]
    subprocess.run(["javac", *options, "-d", classes, "-cp", path, *sources], check=True)
    return os.pathsep.join([str(classes), path])


def java(*options: str) -> list[str]:
    """The command that starts a benchmark's class, but for its name and arguments."""
    path = compile_java("java", class_path())
    logging = f"-Dlog4j2.configurationFile={ROOT / 'examples/log4j2.properties'}"
    return ["java", "-Xmx4g", *options, *jvm_options(), logging, "-cp", path]


def without_vectors(command: list[str]) -> list[str]:
    """The same in a JVM without the module that spark-submit adds, by which MLlib's products are vectorised."""
    return [option for option in command if option != "--add-modules=jdk.incubator.vector"]


def jvm_options() -> list[str]:
    """What Spark needs outside spark-submit, as the build says it."""
    pom = (ROOT / "pom.xml").read_text()
    found = re.search(r"<spark.jvm.args>(.*?)</spark.jvm.args>", pom, re.DOTALL)
    if found is None:
        raise SystemExit("There are no spark.jvm.args in pom.xml.")
    return found[1].split()


def python() -> str:
    """A Python with the pinned peers."""
    command = TARGET / "venv/bin/python"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = TARGET / "venv/requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", TARGET / "venv"], check=True)
        subprocess.run([command, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    return str(command)


def spark_home(path: str) -> Path:
    """A folder with Spark's jars, from which a local cluster starts its executors."""
    jars = TARGET / "spark-home" / "jars"
    jars.mkdir(parents=True, exist_ok=True)
    for jar in path.split(os.pathsep):
        link = jars / Path(jar).name
        if jar.endswith(".jar") and not link.exists():
            link.symlink_to(jar)
    return jars.parent
