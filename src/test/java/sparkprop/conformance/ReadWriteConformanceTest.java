package sparkprop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.runtime.BoxedUnit;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.Whitening;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Stages;

/**
 * Saving and loading by Spark's {@code DefaultReadWriteTest}: estimator and model, every Param that
 * is set or is not, with and without overwriting, through Hadoop and the local way. (The
 * classifier's is in {@code ModelReadWriteTest}.)
 */
class ReadWriteConformanceTest {
  private final SparkSuite spark;

  ReadWriteConformanceTest(@TempDir Path directory) {
    spark = new SparkSuite(directory);
  }

  /** Values other than the defaults, for what all networks share. */
  private static Map<String, Object> trainingParams() {
    return Map.ofEntries(
        Map.entry("network", "dense(3) tanh"),
        Map.entry("hiddenLayers", new int[] {3, 2}),
        Map.entry("activation", "tanh"),
        Map.entry("outputActivation", "identity"),
        Map.entry("loss", "huber(2.0)"),
        Map.entry("weightInit", "heNormal"),
        Map.entry("solver", "momentum(0.8)"),
        Map.entry("stepSize", 0.05),
        Map.entry("stepSizeSchedule", "cosine(warmup=1)"),
        Map.entry("maxGradientNorm", 2.5),
        Map.entry("maxIter", 1),
        Map.entry("batchSize", 30),
        Map.entry("syncInterval", 2),
        Map.entry("tol", 0.25),
        Map.entry("patience", 2),
        Map.entry("regParam", 0.125),
        Map.entry("elasticNetParam", 0.5),
        Map.entry("seed", 1L << 40),
        Map.entry("numPartitions", 3),
        Map.entry("aggregationDepth", 3),
        Map.entry("maxBlockSizeInMB", 0.5),
        Map.entry("standardization", true));
  }

  private static scala.collection.immutable.Map<String, Object> and(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(trainingParams());
    all.putAll(more);
    return Stages.scala(all);
  }

  private static scala.collection.immutable.Map<String, Object> ofARegressor(String label) {
    return and(
        Map.of(
            "labelCol",
            label,
            "predictionCol",
            "p",
            "weightCol",
            "weight",
            "validationIndicatorCol",
            "validates",
            "standardizeTarget",
            true));
  }

  @Test
  void regressor() {
    var values = ofARegressor("label");
    spark.testEstimatorAndModelReadWrite(
        new NeuralNetworkRegressor(),
        Stages.CURVES,
        values,
        values,
        (saved, loaded) -> {
          assertThat(loaded.weights()).isEqualTo(saved.weights());
          return BoxedUnit.UNIT;
        },
        true);
  }

  @Test
  void multiTargetRegressor() {
    var values = ofARegressor("labels");
    spark.testEstimatorAndModelReadWrite(
        new MultiTargetNeuralNetworkRegressor(),
        Stages.CURVES,
        values,
        values,
        (saved, loaded) -> {
          assertThat(loaded.weights()).isEqualTo(saved.weights());
          return BoxedUnit.UNIT;
        },
        true);
  }

  @Test
  void autoencoder() {
    var values = and(Map.of("inputCol", "features", "outputCol", "c", "validationFraction", 0.25));
    spark.testEstimatorAndModelReadWrite(
        new Autoencoder(),
        Stages.ELLIPSOID,
        values,
        values,
        (saved, loaded) -> {
          assertThat(loaded.weights()).isEqualTo(saved.weights());
          return BoxedUnit.UNIT;
        },
        true);
  }

  @Test
  void whitening() {
    var values =
        Stages.scala(
            Map.of("inputCol", "features", "outputCol", "w", "method", "pca", "k", 2, "tol", 1e-6));
    spark.testEstimatorAndModelReadWrite(
        new Whitening(),
        Stages.ELLIPSOID,
        values,
        values,
        (saved, loaded) -> {
          assertThat(loaded.matrix()).isEqualTo(saved.matrix());
          assertThat(loaded.variances()).isEqualTo(saved.variances());
          return BoxedUnit.UNIT;
        },
        true);
  }

  @Test
  void evaluator() {
    MultiTargetRegressionEvaluator evaluator =
        new MultiTargetRegressionEvaluator()
            .setMetricName("mae")
            .setLabelCol("l")
            .setPredictionCol("p");
    MultiTargetRegressionEvaluator loaded = spark.testDefaultReadWrite(evaluator, true, true);
    assertThat(loaded.getMetricName()).isEqualTo("mae");
  }
}
