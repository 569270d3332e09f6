"""A model on a stream of files (Structured Streaming).

One query scores what arrives with a model that stays as it is; another goes on training with each
micro-batch, from the weights of the last model. Run from the project's folder, with the wheel and
PySpark installed:

    python examples/python/streaming_scoring.py [examples/data/digits.csv.gz [PASSES]]
"""

import argparse
import gzip
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import sparkprop
from sparkprop.classification import NeuralNetworkClassifier

DIGITS_IN_A_FILE = 250
PIXELS = [f"pixel{i}" for i in range(64)]
SCHEMA = ", ".join(f"{name} double" for name in [*PIXELS, "digit"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores a stream, and learns from it.")
    parser.add_argument("data", nargs="?", default="examples/data/digits.csv.gz")
    parser.add_argument("passes", nargs="?", type=int, default=10, help="over each micro-batch")
    args = parser.parse_args()
    builder = SparkSession.builder.appName("Sparkprop streaming").config(
        map={
            "spark.log.level": "ERROR",
            "spark.ui.enabled": False,
            "spark.ui.showConsoleProgress": False,
            "spark.sql.shuffle.partitions": 2,
        }
    )
    spark = sparkprop.configure(builder).getOrCreate()
    with TemporaryDirectory(prefix="sparkprop-streaming-") as folder:
        before, after = score_and_learn(spark, args.data, args.passes, Path(folder))
    spark.stop()
    print(f"test accuracy: {before:.3f} before the stream, {after:.3f} after it")


def score_and_learn(
    spark: SparkSession, data: str, passes: int, folder: Path
) -> tuple[float, float]:
    """Return the accuracy on test digits before and after learning from a stream of files."""
    with gzip.open(data, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    arrivals = folder / "arrivals"
    arrivals.mkdir()
    (folder / "known.csv").write_text("".join(lines[:100]))
    (folder / "held.csv").write_text("".join(lines[1350:]))
    test = digits(spark.read.csv(f"{folder}/held.csv", SCHEMA)).cache()

    network = NeuralNetworkClassifier(
        network="dense(64) relu",
        standardization=True,
        batchSize=32,
        stepSize=0.005,
        maxIter=passes,
    )
    first = network.fit(digits(spark.read.csv(f"{folder}/known.csv", SCHEMA)))
    before = accuracy(first.transform(test))
    print(f"A model of the first 100 digits: test accuracy {before:.3f}")

    # Each file that comes is a micro-batch of its own.
    reader = spark.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 1)
    stream = digits(reader.csv(str(arrivals)))

    def score(scored: DataFrame, batch: int) -> None:
        print(f"scored file {batch + 1}: {scored.count()} digits, accuracy {accuracy(scored):.3f}")

    drop(lines, 100, 2, arrivals)
    run(first.transform(stream), score, folder / "scoring")
    drop(lines, 600, 3, arrivals)
    print("Three files more; the checkpoint knows which are done:")
    run(first.transform(stream), score, folder / "scoring")

    # Micro-batches come one after the other, so that there is always one last model.
    model = first

    def learn(batch: DataFrame, number: int) -> None:
        nonlocal model
        # Read several times: once from the file, then from memory.
        arrived = batch.coalesce(1).persist()
        # Scored first, so that the accuracy is that on digits not seen before.
        unseen = accuracy(model.transform(arrived))
        model = network.setInitialModel(model).fit(arrived)
        seen = accuracy(model.transform(arrived))
        print(f"learnt file {number + 1}: accuracy {unseen:.3f} before, {seen:.3f} after")
        arrived.unpersist()

    print("Training on with each file:")
    run(stream, learn, folder / "learning")
    return before, accuracy(model.transform(test))


def run(rows: DataFrame, do: Callable[[DataFrame, int], None], checkpoint: Path) -> None:
    """Do something with each file that has come since the last time, then end the query."""
    query = (
        rows.writeStream.foreachBatch(do)
        .option("checkpointLocation", str(checkpoint))
        .trigger(availableNow=True)
        .start()
    )
    query.awaitTermination()


def drop(lines: list[str], begin: int, files: int, arrivals: Path) -> None:
    """Write files of digits beside the folder and move them in, so that none is seen half done."""
    for start in range(begin, begin + files * DIGITS_IN_A_FILE, DIGITS_IN_A_FILE):
        written = arrivals.with_name(f"digits-{start}.csv")
        written.write_text("".join(lines[start : start + DIGITS_IN_A_FILE]))
        written.rename(arrivals / written.name)


def accuracy(scored: DataFrame) -> float:
    """Return the share of digits that were recognised."""
    return MulticlassClassificationEvaluator(metricName="accuracy").evaluate(scored)


def digits(table: DataFrame) -> DataFrame:
    """Pixels as one vector; the label says that there are ten classes, should a file lack one."""
    ten_classes = {"ml_attr": {"type": "nominal", "num_vals": 10}}
    pixels = VectorAssembler(inputCols=PIXELS, outputCol="features")
    label = F.col("digit").alias("label", metadata=ten_classes)
    return pixels.transform(table).select("features", label)


if __name__ == "__main__":
    main()
