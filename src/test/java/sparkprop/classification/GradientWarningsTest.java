package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.testing.Clouds;
import sparkprop.testing.LogLines;
import sparkprop.train.Trainer;

/** Networks whose lower layers learn nothing, or whose gradients are too large to learn by. */
class GradientWarningsTest {
  private static final Dataset<Row> ROWS = Clouds.of(400, 3);

  private static List<String> warnings(NeuralNetworkClassifier classifier, Dataset<Row> rows) {
    try (LogLines log = LogLines.of(Trainer.class)) {
      classifier.fit(rows);
      assertThat(log.at("INFO")).isNotEmpty();
      return log.at("WARN");
    }
  }

  /** Clouds whose features are so many times as large. */
  private static Dataset<Row> scaled(double times) {
    return Clouds.of(
        Clouds.rows(400, 3).stream()
            .map(
                row -> {
                  double[] features = row.<Vector>getAs(0).toArray();
                  return RowFactory.create(
                      Vectors.dense(
                          IntStream.range(0, features.length)
                              .mapToDouble(j -> features[j] * times)
                              .toArray()),
                      row.get(1),
                      row.get(2),
                      row.get(3));
                })
            .toList(),
        2);
  }

  private static String layers(String activation, int count) {
    return ("dense(20) " + activation + " ").repeat(count).strip();
  }

  /** All that a user may well choose, until nothing is left to learn. */
  @ParameterizedTest
  @CsvSource({
    "relu, adam, 1",
    "tanh, sgd, 2",
    "logistic, momentum, 3",
    "gelu, rmsprop, 2",
    "batchNorm relu, adam, 8",
    "tanh, adam, 10",
    "relu, rprop, 2",
    "tanh, l-bfgs, 2",
    "relu dropout(0.5), adam, 2"
  })
  void soundTrainingIsSilent(String activation, String solver, int count) {
    assertThat(
            warnings(
                new NeuralNetworkClassifier()
                    .setNetwork(layers(activation, count))
                    .setSolver(solver)
                    .setMaxIter(60),
                ROWS))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd"})
  void twelveLogisticLayersVanish(String solver) {
    List<String> warnings =
        warnings(
            new NeuralNetworkClassifier()
                .setNetwork(layers("logistic", 12))
                .setSolver(solver)
                .setMaxIter(1),
            ROWS);
    String norm = "[0-9.e-]+ in ";
    assertThat(warnings)
        .singleElement()
        .asString()
        .matches(
            "Gradients vanish: after pass 1 their norm is "
                + norm
                + "dense1, "
                + norm
                + "dense2, .*"
                + ", but "
                + norm
                + "output, so that the former hardly learn; use relu or batchNorm, scale the"
                + " features, or take fewer layers\\.");
  }

  @Test
  void unscaledFeaturesExplode() {
    assertThat(warnings(new NeuralNetworkClassifier().setMaxIter(1), scaled(1e4)))
        .singleElement()
        .asString()
        .startsWith("Gradients explode: after pass 1 their norm is ")
        .contains("+0", " in output, whose weights have norm ")
        .endsWith(
            "scale the features, set a lower stepSize, a maxGradientNorm or a weightInit of smaller"
                + " weights, or put batchNorm between the layers.");
    assertThat(
            warnings(
                new NeuralNetworkClassifier().setMaxIter(1).setStandardization(true), scaled(1e4)))
        .isEmpty();
  }

  @Test
  void largeInitialWeightsExplodeFromLayerToLayer() {
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier().setNetwork(layers("relu", 4)).setMaxIter(1);
    assertThat(warnings(classifier.setWeightInit("uniform(30)"), ROWS))
        .singleElement()
        .asString()
        .startsWith("Gradients explode: after pass 1 their norm is ")
        .contains(" in dense1, whose weights have norm ");
    assertThat(warnings(classifier.setWeightInit("uniform(0.3)"), ROWS)).isEmpty();
  }
}
