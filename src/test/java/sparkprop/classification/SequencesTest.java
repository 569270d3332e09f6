package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.testing.Clouds;

/**
 * Sequences of unequal length whose class is what their first step said; whatever comes after it
 * says nothing. Only a layer that remembers can tell.
 */
class SequencesTest {
  private static final int STEPS = 8;
  private static final int CLASSES = 3;

  private static List<Row> rows(int count, boolean words, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      int length = 2 + random.nextInt(STEPS - 1);
      double[] features = new double[words ? STEPS : STEPS * CLASSES];
      for (int t = 0; t < length; t++) {
        int said = t == 0 ? label : random.nextInt(CLASSES);
        if (words) {
          features[t] = 1 + said;
        } else {
          features[t * CLASSES + said] = 1;
        }
      }
      Vector dense = Vectors.dense(features);
      rows.add(
          RowFactory.create(
              i % 2 == 0 ? dense : dense.toSparse(), (double) label, 1.0, i % 5 == 0));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8x3 | lstm(12) last
          8x3 | gru(12, truncate=8) layerNorm last
          8x3 | rnn(12, bidirectional=true) dense(12) tanh
          8x3 | timeDelay(12, 8) tanh last
          8   | embedding(4, 6) gru(12) last
          """)
  void theFirstStepIsRemembered(String shape, String network) {
    boolean words = !shape.contains("x");
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setInputShape(shape)
            .setNetwork(network)
            .setStandardization(false)
            .setStepSize(0.01)
            .setBatchSize(30)
            .setMaxIter(40)
            .setPatience(0)
            .setSeed(1)
            .fit(Clouds.of(rows(600, words, 1), 2));
    List<Row> others = rows(300, words, 2);
    int right = 0;
    for (Row row : model.transform(Clouds.of(others, 2)).collectAsList()) {
      right += row.<Double>getAs("prediction").equals(row.<Double>getAs("label")) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(294);
    // However a row is stored.
    for (Row row : others.subList(0, 10)) {
      Vector features = row.getAs(0);
      assertThat(model.predictRaw(features.toSparse()).toArray())
          .containsExactly(model.predictRaw(features.toDense()).toArray(), within(1e-5));
    }
  }

  /** The task needs a memory: a network that sees the last step or two alone is at a loss. */
  @ParameterizedTest
  @ValueSource(strings = {"last dense(12) tanh", "timeDelay(12, 2) tanh last"})
  void aLayerWithoutMemoryCannotTell(String network) {
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setInputShape("8x3")
            .setNetwork(network)
            .setStandardization(false)
            .setStepSize(0.01)
            .setMaxIter(10)
            .setSeed(1)
            .fit(Clouds.of(rows(600, false, 1), 2));
    long right =
        model.transform(Clouds.of(rows(300, false, 2), 2)).collectAsList().stream()
            .filter(row -> row.<Double>getAs("prediction").equals(row.<Double>getAs("label")))
            .count();
    assertThat(right).isLessThan(200);
  }
}
