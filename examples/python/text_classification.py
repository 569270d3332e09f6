"""In which language is a text?

Tokenizer, HashingTF and IDF make wide sparse vectors of words and of three letters in a row; a
network learns from them, beside Spark's LogisticRegression. The texts are what every JDK carries:
the names of countries, languages and currencies in ten languages (Unicode's CLDR). Nothing is
downloaded. Run with the wheel and PySpark installed:

    python examples/python/text_classification.py [PASSES [WIDTH]]

Where tqdm is installed, training shows a bar of its passes.
"""

import argparse
from collections import defaultdict
from typing import Any

from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import (
    IDF,
    HashingTF,
    IndexToString,
    NGram,
    RegexTokenizer,
    StringIndexer,
    StringIndexerModel,
    Tokenizer,
    VectorAssembler,
)
from pyspark.sql import SparkSession

import sparkprop
from sparkprop.classification import NeuralNetworkClassifier

LANGUAGES = ["de", "en", "es", "fi", "fr", "hu", "it", "nl", "pl", "tr"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Tells the languages of names apart.")
    parser.add_argument("passes", nargs="?", type=int, default=10)
    parser.add_argument("width", nargs="?", type=int, default=1 << 14, help="of a hashed vector")
    args = parser.parse_args()
    builder = SparkSession.builder.appName("Sparkprop text classification").config(
        map={
            "spark.log.level": "ERROR",
            "spark.ui.enabled": False,
            "spark.ui.showConsoleProgress": False,
            "spark.sql.shuffle.partitions": 4,
        }
    )
    spark = sparkprop.configure(builder).getOrCreate()

    texts = spark.createDataFrame(names(spark), ["text", "language"])
    known, unknown = texts.randomSplit([0.8, 0.2], 1)
    features = feature_pipeline(args.width).fit(known)
    train = features.transform(known).coalesce(2).cache()
    test = features.transform(unknown).coalesce(2).cache()
    print(
        f"{train.count():,} names in {len(LANGUAGES)} languages to train on,"
        f" {test.count():,} to test on"
    )

    print("Training the network")
    network = NeuralNetworkClassifier(
        network="dense(64) relu dropout(0.3)",
        # A row has a few dozen of the many columns: an update touches those alone.
        solver="adam(lazy=true)",
        stepSize=0.005,
        batchSize=128,
        maxIter=args.passes,
    )
    trained = network.fit(train)
    evaluator = MulticlassClassificationEvaluator(metricName="accuracy")
    accuracy = evaluator.evaluate(trained.transform(test))

    print("Training Spark's LogisticRegression")
    regression = LogisticRegression(regParam=0.001, maxIter=10 * args.passes).fit(train)
    compared = evaluator.evaluate(regression.transform(test))
    print(f"LogisticRegression's accuracy on the test names: {compared:.3f}")
    print(f"The network's accuracy on the test names: {accuracy:.3f}\n")

    print("Sentences that neither has seen:")
    sentences = spark.createDataFrame(
        [
            ("where is the railway station", "en"),
            ("wo ist der Bahnhof dieser Stadt", "de"),
            ("gdzie jest dworzec kolejowy", "pl"),
            ("waar is het station van deze stad", "nl"),
        ],
        texts.schema,
    )
    indexer = features.stages[0]
    assert isinstance(indexer, StringIndexerModel)
    guess = IndexToString(inputCol="prediction", outputCol="guess", labels=indexer.labels)
    guesses = guess.transform(trained.transform(features.transform(sentences)))
    guesses.select("text", "language", "guess").show(truncate=False)

    spark.stop()
    print(f"test accuracy: {accuracy:.3f}")


def feature_pipeline(width: int) -> Pipeline:
    """Language as a number, and counts of words and letter triples, each by how telling it is."""
    return Pipeline(
        stages=[
            StringIndexer(inputCol="language", outputCol="label"),
            Tokenizer(inputCol="text", outputCol="words"),
            HashingTF(inputCol="words", outputCol="wordCounts", numFeatures=width),
            RegexTokenizer(inputCol="text", outputCol="letters", gaps=False, pattern="."),
            NGram(inputCol="letters", outputCol="triples", n=3),
            HashingTF(inputCol="triples", outputCol="tripleCounts", numFeatures=width),
            VectorAssembler(inputCols=["wordCounts", "tripleCounts"], outputCol="counts"),
            IDF(inputCol="counts", outputCol="features", minDocFreq=2),
        ]
    )


def names(spark: SparkSession) -> list[tuple[str, str]]:
    """Return each name with its language, always in one order."""
    # Python carries no such names, but the JVM behind PySpark does.
    java: Any = spark.sparkContext._jvm.java.util  # type: ignore[union-attr]
    to_locale = java.Locale.forLanguageTag
    countries = [to_locale(f"und-{country}") for country in java.Locale.getISOCountries()]
    languages = [to_locale(language) for language in java.Locale.getISOLanguages()]
    currencies = list(java.Currency.getAvailableCurrencies())

    languages_of = defaultdict(set)
    for language in LANGUAGES:
        locale = to_locale(language)
        for name in (
            *(country.getDisplayCountry(locale) for country in countries),
            *(other.getDisplayLanguage(locale) for other in languages),
            *(currency.getDisplayName(locale) for currency in currencies),
        ):
            if len(name) > 3:
                languages_of[name].add(language)
    # Of "Angola" nobody could tell.
    return sorted((name, *found) for name, found in languages_of.items() if len(found) == 1)


if __name__ == "__main__":
    main()
