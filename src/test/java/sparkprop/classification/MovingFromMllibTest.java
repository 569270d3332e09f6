package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.BinaryClassificationSummary;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.SavedNetwork;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.testing.Clouds;

/** Whoever used MLlib's perceptron finds the same network here, and what it had learnt. */
class MovingFromMllibTest {
  private static final int BLOCK = 64;

  /** A multiple of the block size in each of two partitions, since MLlib weighs blocks alike. */
  private static final Dataset<Row> ROWS = Clouds.of(4 * BLOCK, 3);

  private static MultilayerPerceptronClassifier mllib(int... layers) {
    return new MultilayerPerceptronClassifier()
        .setLayers(layers)
        .setBlockSize(BLOCK)
        .setSolver("l-bfgs")
        .setMaxIter(10)
        .setTol(0)
        .setSeed(3);
  }

  /** The same Params in ours. */
  private static NeuralNetworkClassifier ours(MultilayerPerceptronClassifier mllib) {
    int[] layers = mllib.getLayers();
    return new NeuralNetworkClassifier()
        .setHiddenLayers(Arrays.copyOfRange(layers, 1, layers.length - 1))
        .setActivation("logistic")
        .setSolver(mllib.getSolver())
        .setMaxIter(mllib.getMaxIter())
        .setTol(mllib.getTol())
        .setPatience(0);
  }

  private static Vector start(int weights) {
    double[] values = new double[weights];
    for (int i = 0; i < weights; i++) {
      values[i] = (float) (0.5 * Math.sin(7.0 * i));
    }
    return Vectors.dense(values);
  }

  @Test
  void theSameWeightsTakeTheSameCourse() {
    int[] layers = {4, 6, 5, 3};
    Vector weights = start(4 * 6 + 6 + 6 * 5 + 5 + 5 * 3 + 3);
    MultilayerPerceptronClassifier theirs = mllib(layers).setInitialWeights(weights);
    double[] expected = theirs.fit(ROWS).summary().objectiveHistory();
    NeuralNetworkClassificationModel start = model(layers, weights);
    double[] found = ours(theirs).setInitialModel(start).fit(ROWS).summary().objectiveHistory();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("iteration %d", i).isCloseTo(expected[i], within(1e-3 * expected[i]));
    }
  }

  /** What the docs advise to whoever has initial weights. */
  private static NeuralNetworkClassificationModel model(int[] layers, Vector weights) {
    return NeuralNetworkClassificationModel.fromMLlib(
        mllib(layers).setInitialWeights(weights).setMaxIter(0).fit(ROWS));
  }

  /** Without hidden layers there is one minimum, and both find it. */
  @Test
  void withoutHiddenLayersBothEndAtTheSameMinimum() {
    Dataset<Row> noisy = Clouds.of(noisy(), 2);
    MultilayerPerceptronClassifier theirs = mllib(4, 3).setMaxIter(300).setTol(1e-9);
    double expected = last(theirs.fit(noisy).summary().objectiveHistory());
    double found = last(ours(theirs).setTol(1e-9).fit(noisy).summary().objectiveHistory());
    assertThat(found).isCloseTo(expected, within(1e-4 * expected));
  }

  /** Every fourth label is another one, so that no weights tell all rows apart. */
  private static List<Row> noisy() {
    List<Row> rows = new ArrayList<>();
    for (Row row : Clouds.rows(4 * BLOCK, 3)) {
      double label = rows.size() % 4 == 0 ? (row.getDouble(1) + 1) % 3 : row.getDouble(1);
      rows.add(org.apache.spark.sql.RowFactory.create(row.get(0), label, row.get(2), row.get(3)));
    }
    return rows;
  }

  private static double last(double[] history) {
    return history[history.length - 1];
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aConvertedModelHasTheSameProbabilities(int classes) {
    Dataset<Row> rows = Clouds.of(100, classes);
    MultilayerPerceptronClassificationModel theirs =
        mllib(4, 7, classes).setPredictionCol("class").setProbabilityCol("p").fit(rows);
    NeuralNetworkClassificationModel ours = NeuralNetworkClassificationModel.fromMLlib(theirs);
    assertThat(ours.network()).isEqualTo("dense(7) logistic");
    assertThat(ours.hasSummary()).isFalse();
    List<Row> expected = theirs.transform(rows).select("p", "class").collectAsList();
    List<Row> found = ours.transform(rows).select("p", "class").collectAsList();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).<Vector>getAs(0).toArray())
          .containsExactly(expected.get(i).<Vector>getAs(0).toArray(), within(1e-5));
      assertThat(found.get(i).getDouble(1)).isEqualTo(expected.get(i).getDouble(1));
    }
  }

  @Test
  void twoClassesHaveCurves() {
    Dataset<Row> rows = Clouds.of(200, 2);
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier().setMaxIter(2).setWeightCol("weight").fit(rows);
    BinaryClassificationSummary summary = (BinaryClassificationSummary) model.evaluate(rows);
    double area =
        new BinaryClassificationEvaluator()
            .setRawPredictionCol("probability")
            .setWeightCol("weight")
            .evaluate(model.transform(rows));
    assertThat(summary.areaUnderROC()).isCloseTo(area, within(1e-9));
    assertThat(summary.pr().columns()).containsExactly("recall", "precision");
    assertThat(model.summary().binarySummary().areaUnderROC()).isCloseTo(area, within(1e-9));
    assertThat(summary.accuracy()).isEqualTo(model.summary().accuracy());
    NeuralNetworkClassificationModel three = new NeuralNetworkClassifier().setMaxIter(2).fit(ROWS);
    assertThat(three.evaluate(ROWS).accuracy()).isEqualTo(three.summary().accuracy());
    assertThat(three.evaluate(ROWS)).isNotInstanceOf(BinaryClassificationSummary.class);
  }

  @Test
  void aNetworkFromElsewhereIsAModelIfItIsAClassifier() {
    Network network =
        Network.of(
            NetworkSpec.parse("dense(2) tanh"),
            Shape.of(4),
            Heads.classification("crossEntropy", "softmax", 3));
    SavedNetwork saved =
        new SavedNetwork(network, Initialisation.draw(network, "auto", 7), List.of(), Map.of());
    NeuralNetworkClassificationModel model = NeuralNetworkClassificationModel.fromNetwork(saved);
    assertThat(model.hasSummary()).isFalse();
    assertThat(model.network()).isEqualTo("dense(2) tanh");
    assertThat(model.predict(Vectors.dense(1, 2, 3, 4)))
        .isEqualTo(saved.predict(new float[] {1, 2, 3, 4}));
    Network numbers =
        Network.of(
            NetworkSpec.parse(""), Shape.of(4), Heads.regression("squaredError", "identity", 1));
    SavedNetwork regression =
        new SavedNetwork(numbers, Initialisation.draw(numbers, "auto", 7), List.of(), Map.of());
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.fromNetwork(regression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A network for regression is no classifier: ask for its values by itself.");
  }
}
