"""Puts the jars of Spark releases under a folder, one folder a release, as PyPI's pyspark carries them.

    python3 src/test/python/spark_jars.py FOLDER VERSION...

What is there already is left alone. A release takes about 430 MB to download, which pip checks and
caches, and as much on disk; nothing of it is run.
"""

import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile


# What Spark's own scripts put on the class path; folders below are for its Connect client, which
# does not go with it.
JAR = re.compile(r"(pyspark/|pyspark-[^/]+/deps/)jars/([^/]+\.jar)")


def jars(archive):
    """The jars in a source distribution or a wheel: file names and open files."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if found := JAR.fullmatch(name):
                    yield found[2], opened.open(name)
    else:
        with tarfile.open(archive) as opened:
            for member in opened:
                if found := JAR.fullmatch(member.name):
                    yield found[2], opened.extractfile(member)


def fetch(folder, version):
    done = folder / version
    if done.exists():
        return
    print(f"Spark {version}: fetching its jars", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        scratch = pathlib.Path(scratch)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", scratch / "pip", f"pyspark=={version}"],
            check=True,
        )
        (archive,) = (scratch / "pip").iterdir()
        unpacked = scratch / "jars"
        unpacked.mkdir()
        for name, content in jars(archive):
            (unpacked / name).write_bytes(content.read())
        if not any(unpacked.glob("spark-mllib_*.jar")):
            raise SystemExit(f"pyspark {version} has no spark-mllib jar where it is looked for.")
        unpacked.rename(done)


def main():
    for version in sys.argv[2:]:
        fetch(pathlib.Path(sys.argv[1]), version)


if __name__ == "__main__":
    main()
