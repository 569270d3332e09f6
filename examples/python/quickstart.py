"""A network in a Spark ML pipeline, on handwritten digits.

Scale, project on principal components, train, score, compare with MLlib's own perceptron, save and
load. Run from the project's folder, with the wheel and PySpark installed:

    python examples/python/quickstart.py [examples/data/digits.csv.gz]

Where tqdm is installed, training shows a bar of its passes.
"""

import sys
from tempfile import TemporaryDirectory
from typing import Any

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import MultilayerPerceptronClassifier
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import PCA, StandardScaler, VectorAssembler
from pyspark.sql import DataFrame, SparkSession

import sparkprop
from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier


def main() -> None:
    data = sys.argv[1] if len(sys.argv) > 1 else "examples/data/digits.csv.gz"
    builder = SparkSession.builder.appName("Sparkprop quickstart").config(
        map={
            "spark.log.level": "ERROR",
            "spark.ui.enabled": False,
            "spark.ui.showConsoleProgress": False,
        }
    )
    spark = sparkprop.configure(builder).getOrCreate()

    print(f"Reading {data}")
    train, test = (
        part.coalesce(1).cache() for part in read_digits(spark, data).randomSplit([0.8, 0.2], 1797)
    )
    print(f"{train.count()} digits to train on, {test.count()} to test on")

    print("Training StandardScaler -> PCA -> NeuralNetworkClassifier")
    network = NeuralNetworkClassifier(
        featuresCol="components",
        hiddenLayers=[64],
        batchSize=64,
        stepSize=0.005,
        maxIter=20,
        validationFraction=0.1,
    )
    model = pipeline_ending_with(network).fit(train)
    trained = model.stages[-1]
    assert isinstance(trained, NeuralNetworkClassificationModel)
    course = zip(
        trained.summary.objectiveHistory[1:],
        trained.summary.validationAccuracyHistory,
        strict=True,
    )
    for number, (loss, accuracy) in enumerate(course, start=1):
        print(f"pass {number:2}: loss {loss:.4f}, validation accuracy {accuracy:.3f}")
    print(f"\n{trained.describe()}")
    print(f"Stopped because {trained.summary.stopReason}.")
    accuracy = accuracy_of(model, test)
    print(f"Sparkprop's accuracy on the test digits: {accuracy:.3f}\n")

    print("Training the same pipeline with MLlib's MultilayerPerceptronClassifier")
    perceptron = MultilayerPerceptronClassifier(
        featuresCol="components", layers=[40, 64, 10], seed=1
    )
    mllib = accuracy_of(pipeline_ending_with(perceptron).fit(train), test)
    print(f"MLlib's accuracy on the test digits: {mllib:.3f}\n")

    with TemporaryDirectory(prefix="sparkprop-quickstart-") as folder:
        model.save(f"{folder}/digits")
        print(f"Saved the pipeline to {folder}/digits")
        loaded = accuracy_of(PipelineModel.load(f"{folder}/digits"), test)
    if loaded != accuracy:
        raise RuntimeError(f"The loaded pipeline predicts otherwise: {loaded}")
    print("Loaded it again: it predicts the same.")

    spark.stop()
    print(f"test accuracy: {accuracy:.3f}")


def read_digits(spark: SparkSession, data: str) -> DataFrame:
    """Return the digits: 64 pixels in each line, which become one vector, then the label."""
    table = spark.read.csv(data, inferSchema=True).withColumnRenamed("_c64", "label")
    pixels = VectorAssembler(inputCols=table.columns[:64], outputCol="features")
    return pixels.transform(table).select("features", "label")


def pipeline_ending_with(classifier: Any) -> Pipeline:
    """Each pixel to mean 0 and deviation 1, then the 40 leading components, then a classifier."""
    scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True, withStd=True)
    pca = PCA(inputCol="scaled", outputCol="components", k=40)
    return Pipeline(stages=[scaler, pca, classifier])


def accuracy_of(model: PipelineModel, digits: DataFrame) -> float:
    """Return the share of digits that a pipeline recognises."""
    return MulticlassClassificationEvaluator(metricName="accuracy").evaluate(
        model.transform(digits)
    )


if __name__ == "__main__":
    main()
