package sparkprop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;
import sparkprop.testing.Clouds;

/** MLlib's perceptron on this engine is MLlib's perceptron, but for who trains it. */
class SparkpropPerceptronTest {
  private static final int BLOCK = 64;

  /** A multiple of the block size in each of two partitions, since MLlib weighs blocks alike. */
  private static final Dataset<Row> ROWS = Clouds.of(4 * BLOCK, 3);

  private static <E extends MultilayerPerceptronClassifier> E with(E perceptron, int... layers) {
    perceptron.setLayers(layers).setBlockSize(BLOCK).setMaxIter(10).setTol(0);
    return perceptron;
  }

  private static MultilayerPerceptronClassifier mllib(int... layers) {
    return with(new MultilayerPerceptronClassifier("mlpc"), layers);
  }

  private static SparkpropPerceptron ours(int... layers) {
    return with(new SparkpropPerceptron("mlpc"), layers);
  }

  private static void assertSameCourse(double[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("iteration %d", i).isCloseTo(expected[i], within(1e-3 * expected[i]));
    }
  }

  private static void assertSameParams(Params found, Params expected) {
    assertThat(found.params()).hasSameSizeAs(expected.params());
    for (Param<?> param : expected.params()) {
      Param<Object> ours = found.getParam(param.name());
      assertThat(found.isSet(ours)).as(param.name()).isEqualTo(expected.isSet(param));
      assertThat(found.isDefined(ours)).as(param.name()).isEqualTo(expected.isDefined(param));
      if (expected.isDefined(param)) {
        assertThat(found.getOrDefault(ours))
            .as(param.name())
            .isEqualTo(expected.getOrDefault(param));
      }
    }
  }

  private static boolean allFloats(Vector weights) {
    return Arrays.stream(weights.toArray()).allMatch(weight -> weight == (float) weight);
  }

  private static Vector weights(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.5 * Math.sin(7.0 * i));
    }
    return Vectors.dense(values);
  }

  /** By the seed that nobody has set, too. */
  @Test
  void theSameSeedTakesTheSameCourse() {
    var expected = mllib(4, 6, 5, 3).fit(ROWS);
    var found = ours(4, 6, 5, 3).fit(ROWS);
    assertSameCourse(found.summary().objectiveHistory(), expected.summary().objectiveHistory());
    assertThat(found.summary().totalIterations()).isEqualTo(expected.summary().totalIterations());
    assertThat(allFloats(found.weights())).isTrue();
    assertThat(allFloats(expected.weights())).isFalse();
  }

  /** Ours is told as it was met: the objective that each step began with, and the first before. */
  @Test
  void gradientDescentTakesMllibsSteps() {
    var expected = mllib(4, 6, 3).setSolver("gd").setStepSize(0.1).fit(ROWS);
    var found = ours(4, 6, 3).setSolver("gd").setStepSize(0.1).fit(ROWS);
    double[] history = found.summary().objectiveHistory();
    assertSameCourse(
        Arrays.copyOfRange(history, 1, history.length),
        Arrays.copyOf(expected.summary().objectiveHistory(), history.length - 1));
    assertThat(found.summary().totalIterations()).isEqualTo(expected.summary().totalIterations());
    assertThat(found.weights().toArray())
        .containsExactly(expected.weights().toArray(), within(1e-4));
  }

  @Test
  void initialWeightsAreWhereTrainingBegins() {
    Vector weights = weights(4 * 6 + 6 + 6 * 3 + 3);
    var expected = mllib(4, 6, 3).setInitialWeights(weights).fit(ROWS);
    var found = ours(4, 6, 3).setInitialWeights(weights).fit(ROWS);
    assertSameCourse(found.summary().objectiveHistory(), expected.summary().objectiveHistory());
    assertThat(ours(4, 6, 3).setInitialWeights(weights).setMaxIter(0).fit(ROWS).weights())
        .isEqualTo(weights);
    assertThatThrownBy(() -> ours(4, 6, 3).setInitialWeights(weights(50)).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "initialWeights holds 50 numbers, but layers [4, 6, 3] have 51 weights: set as many, or"
                + " clear initialWeights.");
  }

  /** MLlib needs no row of the last class, nor any hidden layer. */
  @Test
  void layersSayHowManyClassesThereAre() {
    MultilayerPerceptronClassificationModel model = ours(4, 5).fit(ROWS);
    assertThat(model.numClasses()).isEqualTo(5);
    assertThat(model.predictProbability(Vectors.dense(3, 0, 0, 0)).size()).isEqualTo(5);
    assertThat(new MulticlassClassificationEvaluator().evaluate(model.transform(ROWS)))
        .isGreaterThan(0.9);
  }

  @Test
  void tolEndsLbfgsEarlyAndNotGradientDescent() {
    var model = ours(4, 3).setMaxIter(50).setTol(0.2).fit(ROWS);
    assertThat(model.summary().totalIterations()).isLessThan(20);
    // Steps that bring nearly nothing.
    model = ours(4, 3).setMaxIter(20).setTol(0.2).setSolver("gd").setStepSize(1e-6).fit(ROWS);
    assertThat(model.summary().totalIterations()).isEqualTo(20);
  }

  @Test
  void theModelIsMllibsWithTheParamsOfItsEstimator() {
    SparkpropPerceptron estimator = ours(4, 6, 3);
    estimator.setPredictionCol("class").setThresholds(new double[] {1, 1, 1e-9});
    MultilayerPerceptronClassificationModel model = estimator.fit(ROWS);
    assertThat(model.getClass()).isEqualTo(MultilayerPerceptronClassificationModel.class);
    assertThat(model.uid()).isEqualTo("mlpc");
    assertThat(model.parent()).isSameAs(estimator);
    assertThat(model.getBlockSize()).isEqualTo(BLOCK);
    assertThat(model.transform(ROWS).select("class").distinct().collectAsList())
        .extracting(row -> row.getDouble(0))
        .containsExactly(2.0);
    assertThat(model.summary().predictionCol()).isEqualTo("class");
    assertThat(model.summary().predictions().count()).isEqualTo(4 * BLOCK);
    assertThat(model.summary().accuracy())
        .isEqualTo(model.evaluate(ROWS).accuracy())
        .isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void defaultsAreMllibs() {
    MultilayerPerceptronClassifier mllib = new MultilayerPerceptronClassifier();
    SparkpropPerceptron ours = new SparkpropPerceptron();
    assertSameParams(ours, mllib);
    assertThat(ours.explainParam(ours.layers())).isEqualTo(mllib.explainParam(mllib.layers()));
    assertThat(ours.transformSchema(ROWS.schema())).isEqualTo(mllib.transformSchema(ROWS.schema()));
  }

  @Test
  void aCopyIsTrainedHereToo() {
    MultilayerPerceptronClassifier estimator = ours(4, 3);
    MultilayerPerceptronClassifier copy =
        estimator.copy(new ParamMap().put(estimator.maxIter(), 3));
    assertThat(copy).isInstanceOf(SparkpropPerceptron.class);
    assertThat(copy.getMaxIter()).isEqualTo(3);
  }

  @Test
  void whatIsSavedIsMllibs(@TempDir Path directory) throws Exception {
    String path = directory.resolve("unfitted").toString();
    ours(4, 6, 3).save(path);
    MultilayerPerceptronClassifier unfitted = MultilayerPerceptronClassifier.load(path);
    assertThat(unfitted.getClass()).isEqualTo(MultilayerPerceptronClassifier.class);
    assertThat(unfitted.uid()).isEqualTo("mlpc");
    assertSameParams(unfitted, mllib(4, 6, 3));

    PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {ours(4, 6, 3)}).fit(ROWS);
    path = directory.resolve("fitted").toString();
    fitted.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertThat(loaded.stages()[0].getClass())
        .isEqualTo(MultilayerPerceptronClassificationModel.class);
    assertThat(loaded.transform(ROWS).collectAsList())
        .isEqualTo(fitted.transform(ROWS).collectAsList());
  }

  @Test
  void rowsThatDoNotSuitTheLayersAreRefused() {
    assertThatThrownBy(() -> ours(5, 3).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layers begins with 5, but column 'features' holds vectors of 4 features: begin it with"
                + " 4.");
    assertThatThrownBy(() -> ours(4, 2).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layers ends with 2, but column 'label' holds the label 2.0: end it with the number of"
                + " classes.");
    assertThatThrownBy(
            () ->
                ours(4, 3)
                    .setLabelCol("half")
                    .fit(ROWS.withColumn("half", ROWS.col("label").divide(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative or fractional, such as 0.5");
    assertThatThrownBy(() -> new SparkpropPerceptron().fit(ROWS)).hasMessageContaining("layers");
  }

  @Test
  void theBackendNamesItForMllibsPerceptronAlone() {
    SparkpropBackend backend = new SparkpropBackend();
    assertThat(backend.transform(MultilayerPerceptronClassifier.class.getName()))
        .contains(SparkpropPerceptron.class.getName());
    for (String other :
        List.of(
            MultilayerPerceptronClassificationModel.class.getName(),
            MulticlassClassificationEvaluator.class.getName(),
            "sparkprop.classification.NeuralNetworkClassifier")) {
      assertThat(backend.transform(other)).as(other).isEmpty();
    }
  }

  /** Most of Spark's class paths have no Spark Connect. */
  @Test
  void onlyTheBackendMissesSparkConnect() throws Exception {
    List<String> classPath =
        ChildJvm.classPath(entry -> !entry.getFileName().toString().startsWith("spark-connect_"));
    ChildJvm.Ended ended =
        ChildJvm.run(ChildJvm.sparkOptions(), classPath, StagesByName.class.getName());
    assertThat(ended.exitValue()).as("%s", ended).isZero();
    assertThat(ended.out())
        .contains("sparkprop.connect.SparkpropPerceptron")
        .contains(
            "java.lang.NoClassDefFoundError: org/apache/spark/sql/connect/plugin/MLBackendPlugin");
  }
}
