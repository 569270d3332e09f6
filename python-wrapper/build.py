"""Builds the Python package around the jar, and tests it; Maven calls it with what it has built.

    python3 python-wrapper/build.py wheel --jar target/...-all.jar
    python3 python-wrapper/build.py test  --jar target/...-all.jar [--spark 4.1.0] [--lint] [--full]

All that it writes is under ``target/python``: the wheel in ``dist``, and an environment for each
release of Spark that it is tested on.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples" / "python"
NOTEBOOKS = HERE.parent / "notebooks"
TARGET = HERE.parent / "target" / "python"
DIST = TARGET / "dist"


def run(*command: str | Path, cwd: Path = TARGET, **environment: str) -> None:
    """Run a command; if it fails, so do we, with what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"failed ({done.returncode}): {' '.join(map(str, command))}")


def install(python: Path, *what: str | Path) -> None:
    """Have an environment's pip install something, file names being those of this folder."""
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, *what, cwd=HERE)


def environment(name: str, *requirements: str) -> Path:
    """Return the Python of an environment with these requirements, made where it is not there."""
    folder = TARGET / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = "\n".join(requirements)
    for given in requirements:
        if given.startswith("-r "):
            wanted += (HERE / given[3:]).read_text(encoding="utf-8")
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    stamp = folder / "requirements.sha256"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != digest:
        print(f"Python: making {folder.name} with {', '.join(requirements)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        parts = [part for given in requirements for part in given.split(" ", 1)]
        install(python, *parts)
        stamp.write_text(digest, encoding="utf-8")
    return python


def versions(jar: Path) -> tuple[str, str]:
    """Return the version of the jar, as Python writes it, and that of the package."""
    with zipfile.ZipFile(jar) as archive:
        manifest = archive.read("META-INF/MANIFEST.MF").decode("utf-8")
    found = re.search(r"^Implementation-Version: (\S+)", manifest, re.MULTILINE)
    text = (HERE / "sparkprop" / "_version.py").read_text(encoding="utf-8")
    mine = re.search(r'__version__ = "([^"]+)"', text)
    if not found or not mine:
        raise SystemExit(f"{jar} or _version.py names no version.")
    return found[1].replace("-SNAPSHOT", ".dev0"), mine[1]


def wheel(jar: Path) -> Path:
    """Build the wheel from a copy of the sources, so that the checkout stays as it is."""
    java, mine = versions(jar)
    if java != mine:
        raise SystemExit(f"The jar is of version {java}, but sparkprop/_version.py says {mine}.")
    source = TARGET / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(DIST, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "jars", ".*cache")
    shutil.copytree(HERE, source, ignore=ignored)
    (source / "sparkprop" / "jars").mkdir()
    shutil.copy2(jar, source / "sparkprop" / "jars")
    python = environment("tools", "hatchling>=1.27")
    run(python, "-m", "hatchling", "build", "-t", "wheel", "-d", DIST, cwd=source)
    (built,) = DIST.glob("*.whl")
    return built


def test(jar: Path, spark: str, full: bool, lint: bool) -> None:
    """Test the wheel where users have it: installed, and away from its sources."""
    built = wheel(jar)
    requirements = [f"pyspark=={spark}", "-r requirements-test.txt"]
    if full:
        requirements.append("-r requirements-full.txt")
    python = environment(f"spark-{spark}{'-full' if full else ''}", *requirements)
    install(python, "--force-reinstall", "--no-deps", built)
    if lint:
        # By one configuration: the folders beside this one have none of their own.
        linted = ["--config", "pyproject.toml", ".", EXAMPLES, NOTEBOOKS]
        run(python, "-m", "ruff", "check", *linted, cwd=HERE)
        run(python, "-m", "ruff", "format", "--check", *linted, cwd=HERE)
        run(python, "-m", "mypy", cwd=HERE)
        run(python, HERE / "generate.py", "--check", jar)
    away = TARGET / "run"
    away.mkdir(exist_ok=True)
    # Two processes, a file of tests each: most of the time is that of JVMs that start.
    parallel = ["-n", "2", "--dist", "loadfile"]
    pytest = [python, "-m", "pytest", *parallel, "--config-file", HERE / "pyproject.toml"]
    run(*pytest, "--rootdir", HERE, HERE / "tests", cwd=away, PYTHONDONTWRITEBYTECODE="1")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["wheel", "test"])
    parser.add_argument("--jar", type=Path, required=True, help="the jar with all it needs")
    parser.add_argument("--spark", action="append", help="releases of Spark to test on")
    parser.add_argument("--lint", action="store_true", help="check style and types as well")
    parser.add_argument("--full", nargs="?", const="true", default="false", help="true or false")
    given = parser.parse_args()
    if sys.version_info < (3, 10):  # noqa: UP036 - the one who runs this may have any
        raise SystemExit(f"Python 3.10 or later is needed, but this is {sys.version.split()[0]}.")
    if not given.jar.is_file():
        raise SystemExit(f"There is no {given.jar}: './mvnw package' builds it.")
    TARGET.mkdir(parents=True, exist_ok=True)
    if given.what == "wheel":
        print(wheel(given.jar.resolve()))
        return
    for spark in given.spark or ["4.1.0"]:
        print(f"Python: testing on Spark {spark}", flush=True)
        test(given.jar.resolve(), spark, given.full == "true", given.lint)


if __name__ == "__main__":
    main()
