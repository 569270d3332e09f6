"""How many minutes late is a flight, and is it more than a quarter of an hour?

A regressor and a classifier on three million flights in the USA, with airports as sparse one-hot
vectors. The flights do not ship with this project. They are a file of the npm package
vega-datasets:

    npm pack vega-datasets@3.2.1
    tar -xzf vega-datasets-3.2.1.tgz package/data/flights-3m.parquet

Run with the wheel and PySpark installed:

    python examples/python/flight_delays.py package/data/flights-3m.parquet [PASSES]

Where tqdm is installed, training shows a bar of its passes.
"""

import argparse
from typing import Literal

from pyspark.ml import Pipeline
from pyspark.ml.evaluation import BinaryClassificationEvaluator, RegressionEvaluator
from pyspark.ml.feature import OneHotEncoder, StandardScaler, StringIndexer, VectorAssembler
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import sparkprop
from sparkprop.classification import NeuralNetworkClassifier
from sparkprop.regression import NeuralNetworkRegressor

NETWORK = "dense(64) relu dense(32) relu"


def main() -> None:
    parser = argparse.ArgumentParser(description="Predicts how late flights are.")
    parser.add_argument("flights", help="flights-3m.parquet")
    parser.add_argument("passes", nargs="?", type=int, default=3)
    args = parser.parse_args()
    builder = SparkSession.builder.appName("Sparkprop flight delays").config(
        map={
            "spark.driver.memory": "4g",
            "spark.log.level": "ERROR",
            "spark.ui.enabled": False,
            "spark.ui.showConsoleProgress": False,
            "spark.sql.shuffle.partitions": 8,
        }
    )
    spark = sparkprop.configure(builder).getOrCreate()

    print(f"Reading {args.flights}")
    flights = spark.read.parquet(args.flights).withColumns(
        {
            "seconds": F.col("date").cast("timestamp").cast("long"),
            "hour": F.hour("date").cast("string"),
            "weekday": F.dayofweek("date").cast("string"),
            "late": (F.col("delay") > 15).cast("double"),
        }
    )

    # By time, as the model would be used: a random split would show it the same bad evenings.
    [[cut]] = flights.agg(F.percentile_approx("seconds", 0.8, 1000)).collect()
    train = flights.where(F.col("seconds") < cut)
    test = flights.where(F.col("seconds") >= cut)

    features = feature_pipeline().fit(train)
    train, test = (
        features.transform(part).select("features", "delay", "late").cache()
        for part in (train, test)
    )
    print(f"{train.count():,} flights to train on, {test.count():,} later ones to test on")

    print("Training a regressor of the delay in minutes")
    regressor = NeuralNetworkRegressor(
        labelCol="delay",
        network=NETWORK,
        # A few flights are half a day late: beyond one deviation errors count linearly. The delay
        # is standardized inside, and predicted in minutes again.
        loss="huber(1.0)",
        maxIter=args.passes,
    ).fit(train)
    print(f"{regressor.summary.samplesPerSecond:,.0f} flights/s")
    delays = regressor.transform(test)
    [[mean, median]] = train.agg(
        F.avg("delay"), F.percentile_approx("delay", 0.5, 1000).cast("double")
    ).collect()
    print(
        f"RMSE {error('rmse', delays):.2f} minutes, predicting the mean"
        f" {error('rmse', test.withColumn('prediction', F.lit(mean))):.2f}"
    )
    print(
        f"MAE {error('mae', delays):.2f} minutes, predicting the median"
        f" {error('mae', test.withColumn('prediction', F.lit(median))):.2f}\n"
    )

    print("Training a classifier: more than 15 minutes late?")
    classifier = NeuralNetworkClassifier(labelCol="late", network=NETWORK, maxIter=args.passes).fit(
        train
    )
    print(f"{classifier.summary.samplesPerSecond:,.0f} flights/s")
    evaluator = BinaryClassificationEvaluator(labelCol="late", metricName="areaUnderROC")
    area = evaluator.evaluate(classifier.transform(test))

    spark.stop()
    print(f"area under ROC: {area:.3f}")


def feature_pipeline() -> Pipeline:
    """Airports, hour and weekday one-hot, beside the distance in deviations.

    Nearly all of a vector is zeros, so it is sparse. Only the distance is scaled: an airport with
    few flights has a tiny deviation, and dividing by it would give those flights huge features.
    """
    names = ["origin", "destination", "hour", "weekday"]
    indices = [f"{name}Index" for name in names]
    vectors = [f"{name}Vector" for name in names]
    return Pipeline(
        stages=[
            # Airports that open later are kept.
            StringIndexer(inputCols=names, outputCols=indices, handleInvalid="keep"),
            OneHotEncoder(inputCols=indices, outputCols=vectors),
            VectorAssembler(inputCols=["distance"], outputCol="miles"),
            StandardScaler(inputCol="miles", outputCol="scaledMiles", withMean=True),
            VectorAssembler(inputCols=[*vectors, "scaledMiles"], outputCol="features"),
        ]
    )


def error(metric: Literal["rmse", "mae"], predicted: DataFrame) -> float:
    """Return how far predictions of the delay are off."""
    return RegressionEvaluator(labelCol="delay", metricName=metric).evaluate(predicted)


if __name__ == "__main__":
    main()
