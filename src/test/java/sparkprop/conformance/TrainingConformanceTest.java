package sparkprop.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLTestingUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scalatest.exceptions.TestFailedException;
import scala.Function1;
import scala.Option;
import scala.runtime.BoxedUnit;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.stage.NetworkModel;
import sparkprop.testing.Stages;

/**
 * What {@code fit} takes and refuses, by Spark's {@code MLTestingUtils}, {@code MLTest} and {@code
 * PredictorSuite}. Where those read Spark's own error message, ours is read in its place: Spark
 * gives the bad rows.
 */
class TrainingConformanceTest {
  private final SparkSuite spark;

  TrainingConformanceTest(@TempDir Path directory) {
    spark = new SparkSuite(directory);
  }

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier()
        .setHiddenLayers(new int[0])
        .setSolver("l-bfgs")
        .setRegParam(0.1);
  }

  private static NeuralNetworkRegressor regressor() {
    return new NeuralNetworkRegressor()
        .setHiddenLayers(new int[0])
        .setSolver("l-bfgs")
        .setRegParam(0.1);
  }

  /** Labels and weights of every numeric type give one model; strings are refused. */
  @Test
  void checkNumericTypesOfAClassifier() {
    assertThatThrownBy(
            () ->
                MLTestingUtils.checkNumericTypes(
                    classifier().setMaxIter(1),
                    spark.spark(),
                    true,
                    TrainingConformanceTest::sameBits))
        .isInstanceOf(TestFailedException.class)
        .satisfies(TrainingConformanceTest::onlyTheWordingDiffers);
  }

  @Test
  void checkNumericTypesOfARegressor() {
    assertThatThrownBy(
            () ->
                MLTestingUtils.checkNumericTypes(
                    regressor().setMaxIter(1),
                    spark.spark(),
                    false,
                    TrainingConformanceTest::sameBits))
        .isInstanceOf(TestFailedException.class)
        .satisfies(TrainingConformanceTest::onlyTheWordingDiffers);
  }

  private static BoxedUnit sameBits(NetworkModel one, NetworkModel other) {
    assertThat(other.weights()).isEqualTo(one.weights());
    return BoxedUnit.UNIT;
  }

  /** All numeric types have passed by then; what is left is the sentence about the string. */
  private static void onlyTheWordingDiffers(Throwable failure) {
    assertThat(failure)
        .hasMessageContaining("(Param labelCol) must be numeric, but is of type string")
        .hasMessageContaining("Column label must be of type numeric but was actually of type");
  }

  /** {@code PredictorSuite}: label and weight are cast together. */
  @Test
  void predictorSuite() {
    Dataset<Row> rows = Stages.CLOUDS.select("label", "weight", "features");
    for (DataType type :
        List.of(
            DataTypes.ShortType,
            DataTypes.LongType,
            DataTypes.IntegerType,
            DataTypes.FloatType,
            DataTypes.ByteType,
            DataTypes.DoubleType,
            DataTypes.createDecimalType(10, 0))) {
      assertThat(
              classifier()
                  .setWeightCol("weight")
                  .setMaxIter(0)
                  .fit(cast(cast(rows, "label", type), "weight", type))
                  .numClasses())
          .isEqualTo(3);
    }
    for (Predictor<?, ?, ?> predictor :
        List.of(
            classifier().setWeightCol("weight").setMaxIter(0),
            regressor().setWeightCol("weight").setMaxIter(0))) {
      assertThatThrownBy(() -> predictor.fit(cast(rows, "label", DataTypes.StringType)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Column 'label' (Param labelCol) must be numeric");
      assertThatThrownBy(() -> predictor.fit(cast(rows, "weight", DataTypes.StringType)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Column 'weight' (Param weightCol) must be numeric, but is of type string; cast it to"
                  + " double.");
    }
  }

  private static Dataset<Row> cast(Dataset<Row> rows, String column, DataType type) {
    return rows.withColumn(column, functions.col(column).cast(type));
  }

  static List<Estimator<?>> withOneLabel() {
    return List.of(classifier(), regressor());
  }

  @ParameterizedTest
  @MethodSource("withOneLabel")
  void testInvalidVectors(Estimator<?> estimator) {
    spark.testInvalidVectors(
        refusing(
            estimator,
            "Vectors MUST NOT be Null",
            "holds null",
            "Vector values MUST NOT be NaN or Infinity",
            "holds NaN at index",
            "Vector values MUST NOT be NaN or Infinity",
            "Infinity at index"));
  }

  /**
   * Of what Spark has read of a message, and what ours says: the first pair whose ours is there.
   */
  private static Function1<Dataset<Row>, Object> refusing(Estimator<?> estimator, String... words) {
    return rows -> {
      Throwable refused = catchThrowable(() -> estimator.fit(rows));
      assertThat(refused).isInstanceOf(IllegalArgumentException.class);
      for (int i = 0; i < words.length; i += 2) {
        if (refused.getMessage().contains(words[i + 1])) {
          throw new IllegalStateException(words[i], refused);
        }
      }
      throw new AssertionError("Another sentence was expected", refused);
    };
  }

  @ParameterizedTest
  @MethodSource("withOneLabel")
  void testInvalidWeights(Estimator<?> estimator) {
    Estimator<?> weighted = estimator.copy(new ParamMap());
    weighted.set("weightCol", "weight");
    spark.testInvalidWeights(
        refusing(
            weighted,
            "Weights MUST NOT be Null or NaN",
            "'weight' holds null",
            "Weights MUST NOT be Null or NaN",
            "'weight' holds NaN",
            "Weights MUST NOT be Negative or Infinity",
            "'weight' holds -",
            "Weights MUST NOT be Negative or Infinity",
            "'weight' holds Infinity"));
  }

  @Test
  void testInvalidRegressionLabels() {
    spark.testInvalidRegressionLabels(
        refusing(
            regressor(),
            "Labels MUST NOT be Null or NaN",
            "'label' holds null",
            "Labels MUST NOT be Null or NaN",
            "'label' holds NaN",
            "Labels MUST NOT be Infinity",
            "Infinity"));
  }

  @Test
  void testInvalidClassificationLabels() {
    spark.testInvalidClassificationLabels(
        refusing(
            classifier(),
            "Labels MUST NOT be Null or NaN",
            "'label' holds null",
            "Labels MUST NOT be Null or NaN",
            "'label' holds NaN",
            "Labels MUST be in [0",
            "'label' holds Infinity",
            "Labels MUST be in [0",
            "negative or fractional, such as -",
            "Labels MUST be Integers",
            "negative or fractional, such as"),
        Option.empty());
  }

  // Spark's methods take a Dataset of LabeledPoint, but read columns by their names.
  @SuppressWarnings("unchecked")
  private static Dataset<LabeledPoint> points(Dataset<Row> rows) {
    return (Dataset<LabeledPoint>) (Dataset<?>) rows.select("label", "features");
  }

  /** A row of weight k is k rows. */
  @Test
  void testOversamplingVsWeighting() {
    MLTestingUtils
        .<NeuralNetworkClassificationModel, NeuralNetworkClassifier>testOversamplingVsWeighting(
            points(Stages.CLOUDS), classifier(), TrainingConformanceTest::close, 42);
    MLTestingUtils
        .<NeuralNetworkRegressionModel, NeuralNetworkRegressor>testOversamplingVsWeighting(
            points(Stages.CURVES), regressor(), TrainingConformanceTest::close, 42);
  }

  /** Only ratios of weights count. */
  @Test
  void testArbitrarilyScaledWeights() {
    MLTestingUtils
        .<NeuralNetworkClassificationModel, NeuralNetworkClassifier>testArbitrarilyScaledWeights(
            points(Stages.CLOUDS), classifier(), TrainingConformanceTest::close);
    MLTestingUtils
        .<NeuralNetworkRegressionModel, NeuralNetworkRegressor>testArbitrarilyScaledWeights(
            points(Stages.CURVES), regressor(), TrainingConformanceTest::close);
  }

  /** Outliers of tiny weights do no harm. */
  @Test
  void testOutliersWithSmallWeights() {
    MLTestingUtils
        .<NeuralNetworkClassificationModel, NeuralNetworkClassifier>testOutliersWithSmallWeights(
            points(Stages.CLOUDS), classifier(), 3, TrainingConformanceTest::close, 3);
    MLTestingUtils
        .<NeuralNetworkRegressionModel, NeuralNetworkRegressor>testOutliersWithSmallWeights(
            points(Stages.CURVES), regressor(), 0, TrainingConformanceTest::close, 3);
  }

  /** Two models that were trained to the end, by l-bfgs in float32, differ by little. */
  private static <M extends Model<M> & NetworkModel> BoxedUnit close(M one, M other) {
    double[] weights = one.weights().toArray();
    double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
    assertThat(other.weights().toArray()).containsExactly(weights, within(5e-3 * largest));
    return BoxedUnit.UNIT;
  }
}
