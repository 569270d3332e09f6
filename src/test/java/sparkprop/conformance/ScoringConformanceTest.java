package sparkprop.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.ProbabilisticClassifierSuite;
import org.apache.spark.ml.classification.TestProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.testing.Stages;

/** Columns and methods that score, by Spark's {@code MLTest} and its suites for predictors. */
class ScoringConformanceTest {
  private final SparkSuite spark;

  ScoringConformanceTest(@TempDir Path directory) {
    spark = new SparkSuite(directory);
  }

  static List<Stages.Fitted> fitted() {
    return Stages.all();
  }

  /** Every choice of columns; with {@code thresholds} and without. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void testPredictMethods(boolean thresholds) {
    NeuralNetworkClassificationModel model = Stages.CLASSIFICATION.copy(new ParamMap());
    if (thresholds) {
      model.setThresholds(new double[] {0.2, 0.3, 0.9});
    }
    ProbabilisticClassifierSuite.testPredictMethods(spark, model, Stages.CLOUDS);
  }

  @Test
  void aRowByItselfIsAnsweredAsInAColumn() {
    spark.testPredictionModelSinglePrediction(Stages.CLASSIFICATION, Stages.CLOUDS);
    spark.testClassificationModelSingleRawPrediction(Stages.CLASSIFICATION, Stages.CLOUDS);
    spark.testProbClassificationModelSingleProbPrediction(Stages.CLASSIFICATION, Stages.CLOUDS);
    spark.testPredictionModelSinglePrediction(Stages.REGRESSION, Stages.CURVES);
    // Spark's check of models from vectors to vectors, which in Spark are models of mixtures.
    spark.testClusteringModelSingleProbabilisticPrediction(
        Stages.MULTI_TARGET, Stages.MULTI_TARGET::predict, Stages.CURVES, "features", "prediction");
    spark.testClusteringModelSingleProbabilisticPrediction(
        Stages.CODES, Stages.CODES::encode, Stages.ELLIPSOID, "features", "code");
    spark.testClusteringModelSingleProbabilisticPrediction(
        Stages.WHITE, Stages.WHITE::whiten, Stages.ELLIPSOID, "features", "white");
  }

  /** The same rows as a table and as a stream of micro-batches. */
  @ParameterizedTest
  @MethodSource("fitted")
  void testTransformer(Stages.Fitted stage) {
    Dataset<Row> rows = stage.rows();
    List<Row> expected =
        stage.model().transform(rows).select("features", stage.newColumn()).collectAsList();
    Seq<String> features = CollectionConverters.asScala(List.of("features")).toSeq();
    spark.testTransformerByGlobalCheckFunc(
        rows,
        stage.model(),
        stage.newColumn(),
        features,
        found -> {
          assertThat(CollectionConverters.asJava(found))
              .containsExactlyInAnyOrderElementsOf(
                  expected.stream().map(row -> RowFactory.create(row.get(1), row.get(0))).toList());
          return BoxedUnit.UNIT;
        },
        Encoders.row(rows.schema()));
  }

  @Test
  void columnsDeclareTheirSizes() {
    spark.checkVectorSizeOnDF(Stages.CLASSIFICATION.transform(Stages.CLOUDS), "rawPrediction", 3);
    spark.checkVectorSizeOnDF(Stages.CLASSIFICATION.transform(Stages.CLOUDS), "probability", 3);
    spark.checkNominalOnDF(Stages.CLASSIFICATION.transform(Stages.CLOUDS), "prediction", 3);
    spark.checkVectorSizeOnDF(Stages.MULTI_TARGET.transform(Stages.CURVES), "prediction", 2);
    spark.checkVectorSizeOnDF(Stages.CODES.transform(Stages.ELLIPSOID), "code", 3);
    spark.checkVectorSizeOnDF(Stages.WHITE.transform(Stages.ELLIPSOID), "white", 5);
    Dataset<Row> rebuilt = Stages.CODES.reconstruct(Stages.ELLIPSOID, "rebuilt");
    spark.checkVectorSizeOnDF(rebuilt, "rebuilt", 5);
    assertThat(AttributeGroup.fromStructField(rebuilt.schema().apply("rebuilt")).size())
        .isEqualTo(5);
  }

  /**
   * The class that Spark's own code picks from probabilities by thresholds; ties, zeros and ones
   * are frequent among those drawn.
   */
  @Test
  void thresholdsDecideAsInSpark() {
    NeuralNetworkClassificationModel ours = Stages.CLASSIFICATION.copy(new ParamMap());
    TestProbabilisticClassificationModel sparks =
        new TestProbabilisticClassificationModel("sparks", 3, 3);
    Random random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      double[] thresholds = tenths(random);
      double[] probabilities = tenths(random);
      if (Arrays.stream(thresholds).filter(t -> t == 0).count() > 1
          || Arrays.stream(thresholds).sum() == 0) {
        continue; // which Spark refuses
      }
      ours.setThresholds(thresholds);
      sparks.setThresholds(thresholds);
      Vector p = Vectors.dense(probabilities);
      assertThat(ours.probability2prediction(p))
          .as("thresholds %s, probabilities %s", Arrays.toString(thresholds), p)
          .isEqualTo(sparks.predict(p));
    }
  }

  private static double[] tenths(Random random) {
    return random.ints(3, 0, 5).mapToDouble(n -> n / 4.0).toArray();
  }

  /** {@code ProbabilisticClassifierSuite}, "bad thresholds". */
  @Test
  void badThresholdsAreRefused() {
    for (double[] bad : new double[][] {{0, 0.1, 0}, {0, 0, 0}, {-0.1, 0.1, 0.2}}) {
      assertThatThrownBy(() -> Stages.classifier().setThresholds(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("thresholds");
    }
  }
}
