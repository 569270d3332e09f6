"""A Spark Connect server, and clients in interpreters of their own, since a process is either
classic or remote.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark


def clean() -> dict[str, str]:
    """Return the environment without what would make a server or a client another one."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "PYSPARK_"))}
    return {
        **environment,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }


@contextmanager
def server(folder: Path, *options: str) -> Iterator[str]:
    """Run a server as users do, and end it, whatever happens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [
        *("bash", str(Path(pyspark.__file__).parent / "bin" / "spark-submit")),
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
        *("--master", "local[2]", "--driver-memory", "2g"),
        *("--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"),
        *("--conf", f"spark.connect.grpc.binding.port={port}"),
        *options,
        "spark-internal",
    ]
    log = folder / "server.log"
    with log.open("w") as written:
        # spark-submit replaces itself by the JVM, so that this one process is the server.
        process = subprocess.Popen(
            command, cwd=folder, env=clean(), stdout=written, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + 60
        while "Spark Connect server started" not in log.read_text():
            assert process.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() < end, log.read_text()[-3000:]
            time.sleep(0.2)
        yield f"sc://localhost:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def client(remote: str, code: str, out: Path) -> str:
    """Run code in a client of its own, whose assertions are ours; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(out)],
        env={**clean(), "SPARK_REMOTE": remote},
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()
