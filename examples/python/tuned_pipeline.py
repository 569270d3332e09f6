"""Which network, and which step size?

A network is a text, so Spark's CrossValidator searches architectures as it searches numbers: here
in a pipeline behind StandardScaler and PCA, on the handwritten digits that ship with the project.
Run from the project's folder, with the wheel and PySpark installed:

    python examples/python/tuned_pipeline.py [examples/data/digits.csv.gz [PASSES [FOLDS]]]
"""

import argparse

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import PCA, StandardScaler, VectorAssembler
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import DataFrame, SparkSession

import sparkprop
from sparkprop.classification import NeuralNetworkClassificationModel, NeuralNetworkClassifier


def main() -> None:
    parser = argparse.ArgumentParser(description="Searches a network for handwritten digits.")
    parser.add_argument("data", nargs="?", default="examples/data/digits.csv.gz")
    parser.add_argument("passes", nargs="?", type=int, default=15, help="at most, of each training")
    parser.add_argument("folds", nargs="?", type=int, default=3)
    args = parser.parse_args()
    builder = SparkSession.builder.appName("Sparkprop tuned pipeline").config(
        map={
            "spark.log.level": "ERROR",
            "spark.ui.enabled": False,
            "spark.ui.showConsoleProgress": False,
        }
    )
    spark = sparkprop.configure(builder).getOrCreate()

    print(f"Reading {args.data}")
    digits = read_digits(spark, args.data)
    train, test = (part.coalesce(1).cache() for part in digits.randomSplit([0.8, 0.2], 1797))

    scaler = StandardScaler(inputCol="features", outputCol="scaled", withMean=True)
    pca = PCA(inputCol="scaled", outputCol="components", k=40)
    classifier = NeuralNetworkClassifier(
        featuresCol="components", batchSize=64, maxIter=args.passes
    )
    grid = (
        ParamGridBuilder()
        .addGrid(
            classifier.network,
            ["dense(64) relu", "dense(64) relu dropout(0.2)", "dense(16) tanh"],
        )
        .addGrid(classifier.stepSize, [0.0005, 0.005])
        .build()
    )
    evaluator = MulticlassClassificationEvaluator(metricName="accuracy")
    search = CrossValidator(
        estimator=Pipeline(stages=[scaler, pca, classifier]),
        estimatorParamMaps=grid,
        evaluator=evaluator,
        numFolds=args.folds,
        # One at a time: with two side by side, the plain Java LAPACK behind Spark's PCA has been
        # seen not to converge. Our own fits do not mind.
        parallelism=1,
        seed=1,
    )

    print(
        f"Training {len(grid)} pipelines on each of {args.folds} folds of {train.count():,} digits"
    )
    found = search.fit(train)

    print(f"\n{'network':<30} {'stepSize':>10} {'accuracy':>10}")
    for params, accuracy in zip(grid, found.avgMetrics, strict=True):
        network, step_size = params[classifier.network], params[classifier.stepSize]
        print(f"{network:<30} {step_size:>10} {accuracy:>10.3f}")

    best = found.bestModel
    assert isinstance(best, PipelineModel)
    trained = best.stages[-1]
    assert isinstance(trained, NeuralNetworkClassificationModel)
    print(
        f"\nBest, trained again on all folds: {trained.network()}, stepSize {trained.getStepSize()}"
        f"\n\n{trained.describe()}"
    )
    accuracy = evaluator.evaluate(best.transform(test))

    spark.stop()
    print(f"test accuracy of the best: {accuracy:.3f}")


def read_digits(spark: SparkSession, data: str) -> DataFrame:
    """Return the digits: 64 pixels in each line, which become one vector, then the label."""
    table = spark.read.csv(data, inferSchema=True).withColumnRenamed("_c64", "label")
    pixels = VectorAssembler(inputCols=table.columns[:64], outputCol="features")
    return pixels.transform(table).select("features", "label")


if __name__ == "__main__":
    main()
